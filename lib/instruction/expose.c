#include "base/slice.h"
#include "instruction/reader.h"
#include "instruction/values.h"

void gdf__expose_read(gdf__reader *reader)
{
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;
         node = gdf__reader_after(reader, node)) {
        gdf__span word = gdf__reader_span(reader, node);
        gdf__port pieces = gdf__port_split(word.text);
        gdf__span number = gdf__span_piece(&word, pieces.number);
        gdf__span protocol = gdf__span_piece(&word, pieces.protocol);
        gdf_part port = gdf__part_open(reader, GDF_PART_PORT, &word);
        if (number.text.len)
            gdf__part_add(reader, GDF_PART_PORT_NUMBER, &number);
        if (protocol.text.len)
            gdf__part_add(reader, GDF_PART_PORT_PROTOCOL, &protocol);
        gdf__part_close(reader, port);
    }
}
