/* Pins an image of a Dockerfile to a tag and, if given, a digest. Everything else stays as it is,
 * byte for byte:
 *
 *     pin_image golang 1.26.1 sha256:... < Dockerfile > Dockerfile.pinned
 */
#include <stdio.h>
#include <string.h>

#include <godockerfile.h>

/* A Dockerfile of a megabyte is none. */
static char source[1 << 20];

/* True for a FROM whose repository is `image`, written as in the file: golang, library/golang */
static int names_image(const gdf_document *document, gdf_node instruction, const char *image)
{
    if (gdf_node_get_instruction(document, instruction) != GDF_INSTRUCTION_FROM)
        return 0;
    gdf_part part = gdf_instruction_find_part(document, instruction, GDF_PART_IMAGE_REPOSITORY, 0);
    gdf_str name = gdf_part_get_value(document, part);
    return part && name.len == strlen(image) && memcmp(name.ptr, image, name.len) == 0;
}

static gdf_status pin(const gdf_document *document, gdf_edits *edits, const char *image,
                      const char *version)
{
    static const char DIGEST[] = "sha256:";
    int is_digest = strncmp(version, DIGEST, strlen(DIGEST)) == 0;
    gdf_status status = GDF_OK;
    uint32_t count = gdf_document_count_instructions(document);
    for (uint32_t i = 0; i < count && status == GDF_OK; i++) {
        gdf_node from = gdf_document_get_instruction(document, i);
        if (!names_image(document, from, image))
            continue;
        status = is_digest ? gdf_edits_set_image_digest(edits, from, version, strlen(version))
                           : gdf_edits_set_image_tag(edits, from, version, strlen(version));
    }
    return status;
}

int main(int count, char **words)
{
    if (count != 3) {
        fprintf(stderr, "usage: %s IMAGE TAG|DIGEST < DOCKERFILE\n", words[0]);
        return 2;
    }
    size_t len = fread(source, 1, sizeof source, stdin);
    gdf_document *document = gdf_document_parse(source, len, NULL);
    gdf_edits *edits = gdf_edits_create(document);
    gdf_status status = pin(document, edits, words[1], words[2]);
    if (status == GDF_OK) {
        gdf_text *result = gdf_edits_apply(edits);
        fwrite(gdf_text_get(result).ptr, 1, gdf_text_get(result).len, stdout);
        gdf_text_free(result);
    } else {
        fprintf(stderr, "%s: %s\n", words[0], gdf_status_message(status));
    }
    gdf_edits_free(edits);
    gdf_document_free(document);
    return status == GDF_OK ? 0 : 2;
}
