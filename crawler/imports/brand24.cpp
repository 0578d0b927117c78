// Exports of Brand24.
#include "crawler/vendor_table.h"

namespace plumbline {
namespace {

constexpr VendorColumn kColumns[] = {
    {ImportField::id, "id mentionid"},
    {ImportField::text, "content mention snippet"},
    {ImportField::title, "title"},
    {ImportField::published_at, "date createddate"},
    {ImportField::time, "hour time"},
    {ImportField::url, "url sourceurl link"},
    {ImportField::author, "author authorname"},
    {ImportField::lang, "language"},
    {ImportField::place, "country"},
    {ImportField::source, "category domain source"},
    {ImportField::likes, "likescount likes"},
    {ImportField::shares, "sharescount shares"},
};
constexpr VendorTable kTable = {"brand24",
                                "date content|mention|snippet domain|source "
                                "influencescore|influencerscore|followerscount|socialmediareach",
                                kColumns};

int sniff(std::string_view, std::string_view head) { return sniff_vendor(kTable, head); }

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  return read_vendor(kTable, bytes, file_name, options, sink);
}

}  // namespace

extern const Importer brand24_importer;
const Importer brand24_importer = {
    "brand24", "Brand24 export",
    "Mentions, with the hour in a column of its own. Dates whose day "
    "and month could be mistaken for each other are settled by looking, and decimal commas are "
    "read.",
    sniff, read};

}  // namespace plumbline
