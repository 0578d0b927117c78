#include <array>
#include <utility>

#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"

namespace plumbline {
extern const Source steam_source;
namespace {

constexpr std::int64_t kPageSize = 100;

// Steam names languages in words of its own.
constexpr std::array<std::pair<std::string_view, std::string_view>, 31> kLanguages = {{
    {"arabic", "ar"},     {"brazilian", "pt"},  {"bulgarian", "bg"}, {"czech", "cs"},
    {"danish", "da"},     {"dutch", "nl"},      {"english", "en"},   {"finnish", "fi"},
    {"french", "fr"},     {"german", "de"},     {"greek", "el"},     {"hungarian", "hu"},
    {"indonesian", "id"}, {"italian", "it"},    {"japanese", "ja"},  {"koreana", "ko"},
    {"latam", "es"},      {"norwegian", "no"},  {"polish", "pl"},    {"portuguese", "pt"},
    {"romanian", "ro"},   {"russian", "ru"},    {"schinese", "zh"},  {"spanish", "es"},
    {"swedish", "sv"},    {"tchinese", "zh"},   {"thai", "th"},      {"turkish", "tr"},
    {"ukrainian", "uk"},  {"vietnamese", "vi"}, {"malay", "ms"},
}};

constexpr std::array<std::string_view, 20> kTags = {
    "h1",  "h2",   "h3",    "b", "u",     "i",    "strike", "spoiler", "noparse", "hr",
    "url", "list", "olist", "*", "quote", "code", "table",  "tr",      "th",      "td"};

std::string language_of(const std::string& name) {
  for (const auto& [steam, iso] : kLanguages)
    if (steam == name) return std::string(iso);
  return {};
}

// Length of the BBCode tag that `text` begins with, 0 if it is none: brackets of people stay.
std::size_t tag_length(std::string_view text) {
  const std::size_t end = text.substr(0, 300).find(']');
  if (end == std::string_view::npos) return 0;
  std::string_view name = text.substr(1, end - 1);
  if (!name.empty() && name[0] == '/') name.remove_prefix(1);
  name = name.substr(0, name.find('='));
  for (const std::string_view tag : kTags)
    if (iequals_ascii(tag, name)) return end + 1;
  return 0;
}

std::string without_tags(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = text[i] == '[' ? tag_length(text.substr(i)) : 0;
    if (length == 0) out += text[i];
    i += length == 0 ? 1 : length;
  }
  return out;
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string app = asked_for(query, "app");
  if (app.empty()) return needs_query(steam_source, "the number of the app, such as 440");
  const std::string token = ListingPlace(cursor).token;
  Address address(base_of(steam_source, query), "/appreviews/" + encode_path(app));
  address.add("json", "1")
      .add("filter", "recent")
      .add("language", query.option("language", "all"))
      .add("review_type", "all")
      .add("purchase_type", "all")
      .add("num_per_page", kPageSize)
      .add("filter_offtopic_activity", "0")
      .add("cursor", token.empty() ? "*" : token);
  return json_request(address);
}

Document read_review(Json review, const SourceQuery& query) {
  Document document = new_document(steam_source, query);
  document.id = review["recommendationid"].text();
  document.author.id = review["author"]["steamid"].text();
  document.author.name = fold_space(review["author"]["personaname"].text());
  const std::string app = encode_path(asked_for(query, "app"));
  if (!document.author.id.empty())
    document.url = "https://steamcommunity.com/profiles/" + encode_path(document.author.id) +
                   "/recommended/" + (app.empty() ? "" : app + "/");
  document.published_at = time_of(review["timestamp_created"]);
  document.lang = language_of(review["language"].text());
  document.text = without_tags(review["review"].text());
  // A thumb is all the scale there is: 1 up, 0 down.
  if (const auto up = review["voted_up"].flag()) document.rating = *up ? 1 : 0;
  document.likes = review["votes_up"].integer();
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json root = json.root();
  const Json reviews = root["reviews"];
  if (!reviews.is_array() || root["success"].integer().value_or(1) != 1)
    return not_a_list(root, "reviews; is there an app of that number?");
  Listing listing(query, context);
  for (const Json review : reviews) listing.add(read_review(review, query));
  const std::string next = reviews.size() == 0 ? "" : root["cursor"].text();
  return listing.finish(next == "*" ? "" : next);
}

constexpr SourceOption kOptions[] = {
    {.key = "app", .help = "number of the app, instead of `query`", .instead_of_query = true},
    {.key = "language", .help = "Steam's word for one language, such as english; default all"},
};

}  // namespace

const Source steam_source = {
    .name = "steam",
    .title = "Steam reviews",
    .terms =
        "Public interface of the store without a key; no limit is stated, so one request a "
        "second.",
    .help =
        "All reviews of an app in all languages. `query` is its number, as in the address of its "
        "page in the store. The rating is 1 for a thumb up and 0 for a thumb down; reviews that "
        "Steam takes for off-topic and those of keys bought elsewhere are read too.\n"
        "[[source]]\n"
        "kind  = \"steam\"\n"
        "query = \"440\"\n",
    .base = "https://store.steampowered.com",
    .options = kOptions,
    .needs_query = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
};

}  // namespace plumbline
