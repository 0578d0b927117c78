// Exports of Talkwalker.
#include "crawler/vendor_table.h"

namespace plumbline {
namespace {

constexpr VendorColumn kColumns[] = {
    {ImportField::id, "externalid articleid"},
    {ImportField::text, "content contentsnippet"},
    {ImportField::title, "title titlesnippet"},
    {ImportField::published_at, "published"},
    {ImportField::url, "url"},
    {ImportField::author,
     "authorshortname extraauthorattributesshortname authorname extraauthorattributesname"},
    {ImportField::name, "authorname extraauthorattributesname"},
    {ImportField::author_id, "extraauthorattributesid"},
    {ImportField::lang, "lang language"},
    {ImportField::place, "extraauthorattributesworlddatacountry country"},
    {ImportField::source, "sourcetype postype"},
    {ImportField::rating, "reviewsrating rating"},
    {ImportField::likes, "likes facebooklikes"},
    {ImportField::shares, "shares facebookshares twitterretweets"},
    {ImportField::parent, "parenturl"},
};
constexpr VendorTable kTable = {
    "talkwalker", "published content|contentsnippet sourcetype|postype|engagement", kColumns};

int sniff(std::string_view, std::string_view head) { return sniff_vendor(kTable, head); }

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  return read_vendor(kTable, bytes, file_name, options, sink);
}

}  // namespace

extern const Importer talkwalker_importer;
const Importer talkwalker_importer = {
    "talkwalker", "Talkwalker export",
    "Results as a table; names with blanks, dots or underscores. Dates whose day "
    "and month could be mistaken for each other are settled by looking, and decimal commas are "
    "read.",
    sniff, read};

}  // namespace plumbline
