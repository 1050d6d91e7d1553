/*
 * Python: texts are str (bytes that are no UTF-8 survive as surrogates) and go in as str or bytes,
 * a root is an object that frees itself, a failed status is an exception.
 */

%{
/* Borrows the bytes of a str or bytes object; `held` keeps them alive. 0 with an exception set. */
static int gdf_borrow_bytes(PyObject *object, PyObject **held, char **bytes, Py_ssize_t *len)
{
    if (PyUnicode_Check(object)) {
        *held = PyUnicode_AsEncodedString(object, "utf-8", "surrogateescape");
    } else if (PyBytes_Check(object)) {
        Py_INCREF(object);
        *held = object;
    } else {
        PyErr_SetString(PyExc_TypeError, "a str or bytes object is needed");
    }
    return *held && PyBytes_AsStringAndSize(*held, bytes, len) == 0;
}

static PyObject *gdf_decode(const char *bytes, size_t len)
{
    return PyUnicode_DecodeUTF8(bytes, (Py_ssize_t)len, "surrogateescape");
}

/* Raises what godockerfile.errors makes of the status. */
static void gdf_raise_status(gdf_status status)
{
    PyObject *errors = PyImport_ImportModule("godockerfile.errors");
    PyObject *error =
        errors ? PyObject_CallMethod(errors, "error_of", "is", (int)status, gdf_status_message(status))
               : NULL;
    if (error)
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    Py_XDECREF(error);
    Py_XDECREF(errors);
}
%}

/* ---- Texts ---- */

%typemap(in) (const char *TEXT, size_t LENGTH) (PyObject *held = NULL, Py_ssize_t len = 0) {
    if (!gdf_borrow_bytes($input, &held, &$1, &len))
        SWIG_fail;
    $2 = (size_t)len;
}
%typemap(freearg) (const char *TEXT, size_t LENGTH) "Py_XDECREF(held$argnum);"
GDF_TEXTS_LIKE(const char *TEXT, size_t LENGTH)

%typemap(in) const char * (PyObject *held = NULL, Py_ssize_t len = 0) {
    if (!gdf_borrow_bytes($input, &held, &$1, &len))
        SWIG_fail;
    if (memchr($1, 0, (size_t)len)) {
        PyErr_SetString(PyExc_ValueError, "a name cannot hold a NUL");
        SWIG_fail;
    }
}
%typemap(freearg) const char * "Py_XDECREF(held$argnum);"

%typemap(out) gdf_str "$result = gdf_decode($1.ptr, $1.len);"
%typemap(out) const char * "$result = gdf_decode($1, strlen($1));"
%typemap(out) char "$result = gdf_decode(&$1, 1);"
%typemap(out) gdf_text * {
    if ($1) {
        gdf_str bytes = gdf_text_get($1);
        $result = gdf_decode(bytes.ptr, bytes.len);
        gdf_text_free($1);
    } else {
        $result = PyErr_NoMemory();
    }
}
%ignore gdf_text_get;
%ignore gdf_text_free;

/* ---- Failures ---- */

%typemap(out) gdf_status {
    if ($1 != GDF_OK) {
        gdf_raise_status($1);
        SWIG_fail;
    }
    $result = Py_None;
    Py_INCREF(Py_None);
}
/* Its argument is a number, not a result. */
%typemap(in) gdf_status status {
    long number = PyLong_AsLong($input);
    if (number == -1 && PyErr_Occurred())
        SWIG_fail;
    $1 = (gdf_status)number;
}

%define GDF_RETURNS_NEW(function)
%newobject function;
%exception function {
    $action
    if (!result) {
        PyErr_NoMemory();
        SWIG_fail;
    }
}
%enddef
GDF_RETURNS_NEW(gdf_options_create)
GDF_RETURNS_NEW(gdf_document_parse)
GDF_RETURNS_NEW(gdf_build_create)
GDF_RETURNS_NEW(gdf_config_create)
GDF_RETURNS_NEW(gdf_expansion_create)
GDF_RETURNS_NEW(gdf_expansion_create_text)
GDF_RETURNS_NEW(gdf_project_create)
GDF_RETURNS_NEW(gdf_ignore_parse)
GDF_RETURNS_NEW(gdf_copy_sources_create)
GDF_RETURNS_NEW(gdf_edits_create)
GDF_RETURNS_NEW(gdf_ruleset_create)
GDF_RETURNS_NEW(gdf_report_create)
GDF_RETURNS_NEW(gdf_rewrite_create)

/* ---- Roots ---- */

%nothread;
%define GDF_ROOT(subject)
%nodefaultctor gdf_ ## subject;
%ignore gdf_ ## subject ## _free;
struct gdf_ ## subject {};
%extend gdf_ ## subject {
    ~gdf_ ## subject() { gdf_ ## subject ## _free($self); }
}
%enddef
GDF_ROOTS(GDF_ROOT)

/* ---- Threads: the long calls let others run ---- */

%thread gdf_document_parse;
%thread gdf_document_dump;
%thread gdf_build_create;
%thread gdf_project_add_directory;
%thread gdf_report_create;
%thread gdf_report_render;
%thread gdf_copy_sources_create;
%thread gdf_build_render_graph;
%thread gdf_rewrite_create;
%thread gdf_rewrite_render_diff;
%thread gdf_edits_apply;
