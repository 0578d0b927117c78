// Exports of Meltwater.
#include "crawler/vendor_table.h"

namespace plumbline {
namespace {

constexpr VendorColumn kColumns[] = {
    {ImportField::id, "documentid"},
    {ImportField::text, "hitsentence openingtext"},
    {ImportField::title, "headline title"},
    {ImportField::published_at, "date"},
    {ImportField::time, "time"},
    {ImportField::url, "url"},
    {ImportField::author, "influencer twitterscreenname"},
    {ImportField::author_id, "twitterid userprofileurl"},
    {ImportField::lang, "language"},
    {ImportField::place, "city subregion country"},
    {ImportField::source, "source"},
    {ImportField::likes, "likes"},
    {ImportField::shares, "shares retweets"},
    {ImportField::parent, "parenturl"},
};
constexpr VendorTable kTable = {
    "meltwater", "date headline|title hitsentence|openingtext influencer|reach|keyphrases",
    kColumns};

int sniff(std::string_view, std::string_view head) { return sniff_vendor(kTable, head); }

Result<ImportOutcome> read(ByteSource& bytes, std::string_view file_name,
                           const ImportOptions& options, const DocumentSink& sink) {
  return read_vendor(kTable, bytes, file_name, options, sink);
}

}  // namespace

extern const Importer meltwater_importer;
const Importer meltwater_importer = {
    "meltwater", "Meltwater export",
    "Mentions, also in UTF-16 with tabs although the file is named .csv. Dates whose day "
    "and month could be mistaken for each other are settled by looking, and decimal commas are "
    "read.",
    sniff, read};

}  // namespace plumbline
