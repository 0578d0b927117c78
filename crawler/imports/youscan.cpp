// Exports of YouScan.
#include "crawler/vendor_table.h"

namespace plumbline {
namespace {

constexpr VendorColumn kColumns[] = {
    {ImportField::id, "postid id"},
    {ImportField::text, "fulltext text textsnippet"},
    {ImportField::title, "title"},
    {ImportField::published_at, "date"},
    {ImportField::time, "time"},
    {ImportField::url, "url link"},
    {ImportField::author, "nickname author"},
    {ImportField::name, "author"},
    {ImportField::author_id, "authorprofile"},
    {ImportField::lang, "language"},
    {ImportField::place, "city region country"},
    {ImportField::source, "source resourcetype"},
    {ImportField::rating, "rating reviewrating"},
    {ImportField::likes, "likes"},
    {ImportField::shares, "shares reposts"},
    {ImportField::parent, "parenturl"},
};
constexpr VendorTable kTable = {
    "youscan", "date textsnippet|fulltext|text resourcetype|posttype|authorprofile", kColumns};

int sniff(std::string_view, std::string_view head) { return sniff_vendor(kTable, head); }

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  return read_vendor(kTable, bytes, file_name, options, sink);
}

}  // namespace

extern const Importer youscan_importer;
const Importer youscan_importer = {
    "youscan", "YouScan export",
    "Mentions with date and time in columns of their own, the text whole or as a snippet. Dates "
    "whose day "
    "and month could be mistaken for each other are settled by looking, and decimal commas are "
    "read.",
    sniff, read};

}  // namespace plumbline
