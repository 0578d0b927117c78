// Exports of Brandwatch.
#include "crawler/vendor_table.h"

namespace plumbline {
namespace {

constexpr VendorColumn kColumns[] = {
    {ImportField::id, "resourceid mentionid"},
    {ImportField::text, "fulltext snippet"},
    {ImportField::title, "title"},
    {ImportField::published_at, "date"},
    {ImportField::url, "url originalurl"},
    {ImportField::author, "author"},
    {ImportField::name, "fullname"},
    {ImportField::lang, "language"},
    {ImportField::place, "city location country"},
    {ImportField::source, "pagetype contentsourcename contentsource domain"},
    {ImportField::rating, "rating"},
    {ImportField::likes, "likes"},
    {ImportField::shares, "shares retweets xreposts"},
    {ImportField::parent, "parentpostid replyto"},
};
constexpr VendorTable kTable = {
    "brandwatch", "queryid|queryname date snippet|fulltext domain|pagetype|url", kColumns};

int sniff(std::string_view, std::string_view head) { return sniff_vendor(kTable, head); }

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  return read_vendor(kTable, bytes, file_name, options, sink);
}

}  // namespace

extern const Importer brandwatch_importer;
const Importer brandwatch_importer = {
    "brandwatch", "Brandwatch export",
    "Mentions with the lines of the report before the header, which is found by its names. Dates "
    "whose day "
    "and month could be mistaken for each other are settled by looking, and decimal commas are "
    "read.",
    sniff, read};

}  // namespace plumbline
