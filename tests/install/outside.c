/* A program of somebody else: sees the installed headers and the installed library only. */
#include <stdio.h>
#include <string.h>

#include <godockerfile.h>

static const char SOURCE[] = "FROM golang:1.22\nRUN go build ./...\n";

int main(void)
{
    gdf_document *document = gdf_document_parse(SOURCE, strlen(SOURCE), NULL);
    int good = gdf_document_count_instructions(document) == 2 &&
               strcmp(gdf_version(), GDF_VERSION_STRING) == 0;
    gdf_document_free(document);
    puts(gdf_version());
    return good ? 0 : 1;
}
