#include <set>

#include "base/text.h"
#include "crawler/html_entities.h"
#include "crawler/source_parts.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source gdelt_source;
namespace {

constexpr std::string_view kBase = "https://api.gdeltproject.org";
constexpr std::size_t kMostRecords = 250;
// A request gives no more than 250 articles and knows no pages: the next one asks for the window
// before them. The index is renewed every 15 minutes.
constexpr WalkRules kRules = {.last_page = 1, .overlap = 3600, .windows = true};

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  if (trim(query.words).empty()) {
    return fail(ErrorCode::invalid, "gdelt needs `query`: the words to look for");
  }
  const Walk walk(query, cursor, kRules);
  std::string url =
      below(query.url.empty() ? kBase : query.url, "/api/v2/doc/doc") +
      "?query=" + percent_encode(trim(query.words)) +
      "&mode=ArtList&format=json&sort=DateDesc&maxrecords=" + std::to_string(kMostRecords);
  if (walk.floor() != kNoTime) url += "&startdatetime=" + compact_time(walk.floor());
  if (walk.before() != kNoTime) url += "&enddatetime=" + compact_time(walk.before());
  return ask_for_json(std::move(url));
}

// "20261121T193000Z", which no other source writes.
Seconds seen_time(std::string_view text) {
  if (text.size() < 15 || (text[8] != 'T' && text[8] != ' ')) return written_time(text);
  const auto part = [&](std::size_t at, std::size_t size) {
    return std::string(text.substr(at, size));
  };
  return written_time(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(9, 2) + ":" +
                      part(11, 2) + ":" + part(13, 2) + "Z");
}

// Languages come by their English names.
std::string code_of(std::string_view language) {
  static constexpr std::pair<std::string_view, std::string_view> kCodes[] = {
      {"arabic", "ar"},     {"bulgarian", "bg"},  {"chinese", "zh"},  {"croatian", "hr"},
      {"czech", "cs"},      {"danish", "da"},     {"dutch", "nl"},    {"english", "en"},
      {"estonian", "et"},   {"finnish", "fi"},    {"french", "fr"},   {"german", "de"},
      {"greek", "el"},      {"hebrew", "he"},     {"hindi", "hi"},    {"hungarian", "hu"},
      {"indonesian", "id"}, {"italian", "it"},    {"japanese", "ja"}, {"korean", "ko"},
      {"norwegian", "no"},  {"persian", "fa"},    {"polish", "pl"},   {"portuguese", "pt"},
      {"romanian", "ro"},   {"russian", "ru"},    {"serbian", "sr"},  {"slovak", "sk"},
      {"slovenian", "sl"},  {"spanish", "es"},    {"swedish", "sv"},  {"turkish", "tr"},
      {"ukrainian", "uk"},  {"vietnamese", "vi"},
  };
  for (const auto& [name, code] : kCodes)
    if (iequals_ascii(name, trim(language))) return std::string(code);
  return {};
}

Document read_article(Json article, Seconds when, const SourceQuery& query) {
  Document document;
  document.source = gdelt_source.name;
  document.id = document.url = article["url"].text();
  document.author.id = document.author.name = article["domain"].text();
  document.published_at = when;
  document.lang = code_of(article["language"].text());
  document.title = decode_references(article["title"].text());
  document.place = article["sourcecountry"].text();
  document.brand = query.brand;
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  Result<JsonDocument> json = JsonDocument::parse(body);
  // What is wrong with a question is answered with 200 and a sentence.
  const bool sentence = !json && !trim(body).empty() && trim(body).front() != '{';
  if (sentence) return not_expected("a list of articles", body);
  if (!json) return tl::unexpected(json.error());
  Json root = json->root(), articles = root["articles"];
  // An empty object is the answer where nothing was found, if it comes from where we asked.
  const bool nothing =
      root.is_object() && root.size() == 0 && !query_parameter(context.url, "query").empty();
  if (!articles.is_array() && !nothing) return not_expected("a list of articles", "");
  Walk walk(query, context.cursor, kRules);
  Page page;
  Skips skips;
  std::set<std::string> ids;
  for (Json article : articles) {
    const std::string id = article["url"].text();
    const Seconds when = seen_time(article["seendate"].text());
    if (!is_web_url(id) || id.size() > 4000 || when == kNoTime || !ids.insert(id).second) {
      skips.add(kUnreadable);
    } else if (walk.wants(when)) {
      page.documents.push_back(read_article(article, when, query));
    }
  }
  skips.close(page);
  walk.close(page, articles.size() >= kMostRecords);
  return page;
}

}  // namespace

const Source gdelt_source = {
    .name = "gdelt",
    .title = "GDELT (headlines of news from all over the world)",
    .terms =
        "Public interface without a key, about one request in five seconds; name GDELT as the "
        "source.",
    .help =
        "Headlines, without the articles, of the last three months that hold the words of `query` "
        "(\"\\\"acme pump\\\" sourcelang:english\").\n"
        "[[source]]\n"
        "kind  = \"gdelt\"\n"
        "query = \"acme pump\"\n",
    .base = kBase,
    .licence = "headlines of their publishers, found by the GDELT Project (gdeltproject.org)",
    .needs_query = true,
    .requests_per_second = 0.2,
    .plan = plan,
    .parse = parse,
};

}  // namespace plumbline
