/*
 * Python: texts are str (bytes that are no UTF-8 survive as surrogates) and go in as str or bytes,
 * a root is an object that frees itself, a failed status is an exception.
 */

%{
/* Raises what godockerfile.errors makes of the status. */
static void gdf_raise(gdf_status status, const char *message)
{
    PyObject *errors = PyImport_ImportModule("godockerfile.errors");
    PyObject *error =
        errors ? PyObject_CallMethod(errors, "error_of", "is", (int)status, message) : NULL;
    if (error)
        PyErr_SetObject((PyObject *)Py_TYPE(error), error);
    Py_XDECREF(error);
    Py_XDECREF(errors);
}

static void gdf_raise_type(const char *needed, PyObject *object)
{
    PyObject *name = PyObject_GetAttrString((PyObject *)Py_TYPE(object), "__name__");
    if (name)
        PyErr_Format(PyExc_TypeError, "%s is needed, not %U", needed, name);
    Py_XDECREF(name);
}

/* Takes an integer from 0 to `most`. 0 with an exception set. */
static int gdf_take_number(PyObject *object, unsigned long long most, unsigned long long *number)
{
    PyObject *integer = PyNumber_Index(object);
    if (!integer)
        return 0;
    *number = PyLong_AsUnsignedLongLong(integer);
    int is_inside = !PyErr_Occurred() && *number <= most;
    if (!is_inside) {
        PyErr_Clear();
        PyObject *text = PyUnicode_FromFormat("%S is not from 0 to %llu", integer, most);
        PyObject *bytes = text ? PyUnicode_AsUTF8String(text) : NULL;
        if (bytes)
            gdf_raise(GDF_ERROR_ARGUMENT, PyBytes_AsString(bytes));
        Py_XDECREF(bytes);
        Py_XDECREF(text);
    }
    Py_DECREF(integer);
    return is_inside;
}

/* Borrows the bytes of a str or bytes object; `held` keeps them alive. 0 with an exception set. */
static int gdf_borrow_bytes(PyObject *object, PyObject **held, char **bytes, Py_ssize_t *len)
{
    if (PyUnicode_Check(object)) {
        *held = PyUnicode_AsEncodedString(object, "utf-8", "surrogateescape");
    } else if (PyBytes_Check(object)) {
        Py_INCREF(object);
        *held = object;
    } else {
        gdf_raise_type("a str or bytes object", object);
    }
    return *held && PyBytes_AsStringAndSize(*held, bytes, len) == 0;
}

static PyObject *gdf_decode(const char *bytes, size_t len)
{
    return PyUnicode_DecodeUTF8(bytes, (Py_ssize_t)len, "surrogateescape");
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

/* ---- Numbers ---- */

%typemap(in) uint32_t, gdf_node, gdf_part, gdf_stage, gdf_command, gdf_word, gdf_rule, gdf_finding,
             gdf_fix {
    unsigned long long number;
    if (!gdf_take_number($input, UINT32_MAX, &number))
        SWIG_fail;
    $1 = ($1_ltype)number;
}
%typemap(in) uint64_t {
    unsigned long long number;
    if (!gdf_take_number($input, UINT64_MAX, &number))
        SWIG_fail;
    $1 = number;
}

/* ---- Failures ---- */

%typemap(out) gdf_status {
    if ($1 != GDF_OK) {
        gdf_raise($1, gdf_status_message($1));
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

/* ---- Threads: the long calls let others run, but those that read what may change meanwhile ---- */

%thread gdf_document_parse;
%thread gdf_document_dump;
%thread gdf_build_create;
%thread gdf_config_create;
%thread gdf_expansion_create;
%thread gdf_expansion_create_text;
%thread gdf_ignore_parse;
%thread gdf_project_add_directory;
%thread gdf_report_create;
%thread gdf_report_render;
%thread gdf_copy_sources_create;
%thread gdf_build_render_graph;
%thread gdf_rewrite_create;
%thread gdf_rewrite_render_diff;
