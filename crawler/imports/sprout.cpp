// Exports of Sprout Social.
#include "crawler/vendor_table.h"

namespace plumbline {
namespace {

constexpr VendorColumn kColumns[] = {
    {ImportField::id, "messageid postid"},
    {ImportField::text, "message post text"},
    {ImportField::published_at, "timestamp timestampest date"},
    {ImportField::url, "permalink link"},
    {ImportField::author, "authorhandle username from sentby author profile"},
    {ImportField::name, "authorname author"},
    {ImportField::lang, "language"},
    {ImportField::place, "location country"},
    {ImportField::source, "network"},
    {ImportField::likes, "likes reactions"},
    {ImportField::shares, "shares reposts retweets"},
};
constexpr VendorTable kTable = {
    "sprout", "date|timestamp|timestampest network message|post sentiment|permalink|link|profile",
    kColumns};

int sniff(std::string_view, std::string_view head) { return sniff_vendor(kTable, head); }

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  return read_vendor(kTable, bytes, file_name, options, sink);
}

}  // namespace

extern const Importer sprout_importer;
const Importer sprout_importer = {
    "sprout", "Sprout Social export",
    "Messages and posts, found by their columns. Dates whose day "
    "and month could be mistaken for each other are settled by looking, and decimal commas are "
    "read.",
    sniff, read};

}  // namespace plumbline
