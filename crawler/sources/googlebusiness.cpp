#include <array>
#include <utility>

#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/google_api.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"

namespace plumbline {
extern const Source googlebusiness_source;
namespace {

constexpr std::int64_t kPageSize = 50;  // the most there is

// Stars are words here.
constexpr std::array<std::pair<std::string_view, int>, 5> kStars = {
    {{"ONE", 1}, {"TWO", 2}, {"THREE", 3}, {"FOUR", 4}, {"FIVE", 5}}};

std::optional<double> stars_of(Json value) {
  const std::string word = value.text();
  for (const auto& [name, stars] : kStars)
    if (name == word) return stars;
  return value.number();
}

// "(Translated by Google) Fine.\n\n(Original)\nGut." and the other way round: what was written.
std::string original_of(std::string text) {
  constexpr std::string_view kTranslated = "(Translated by Google)", kOriginal = "(Original)";
  const std::size_t translated = text.find(kTranslated);
  if (translated == std::string::npos) return text;
  const std::size_t original = text.find(kOriginal);
  if (original == std::string::npos) return std::string(trim(text.substr(0, translated)));
  return std::string(trim(text.substr(original + kOriginal.size())));
}

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string location = asked_for(query, "location");
  if (location.empty())
    return needs_query(googlebusiness_source, "the location, as accounts/NUMBER/locations/NUMBER");
  Address address(base_of(googlebusiness_source, query),
                  "/v4/" + encode_path(location) + "/reviews");
  address.add("pageSize", kPageSize)
      .add("orderBy", "updateTime desc")
      .add("pageToken", ListingPlace(cursor).token);
  return bearer_request(address, query);
}

Document read_review(Json review, const SourceQuery& query) {
  const Json reviewer = review["reviewer"];
  Document document = new_document(googlebusiness_source, query);
  document.id = review["reviewId"].text();
  // No account is given, so every review is a voice of its own: two people may share a name.
  document.author.name = fold_space(reviewer["displayName"].text());
  document.author.id = document.id;
  document.published_at = time_of(review["createTime"]);
  document.text = original_of(review["comment"].text());
  document.rating = stars_of(review["starRating"]);
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json root = json.root();
  const Json reviews = root["reviews"];
  const bool none = root["totalReviewCount"].exists() || is_empty_answer(root, context);
  if (!reviews.is_array() && (reviews.exists() || !none)) return not_a_list(root, "reviews");
  Listing listing(query, context);
  for (const Json review : reviews)
    listing.add(read_review(review, query), time_of(review["updateTime"]));
  return listing.finish(root["nextPageToken"].text());
}

constexpr SourceOption kOptions[] = {
    {.key = "location",
     .help = "accounts/NUMBER/locations/NUMBER, instead of `query`",
     .instead_of_query = true},
};

}  // namespace

const Source googlebusiness_source = {
    .name = "googlebusiness",
    .title = "Google Business Profile reviews (your own locations)",
    .terms =
        "Interface for owners of a profile, who apply for access; locations of others are not "
        "readable.",
    .help =
        "All reviews of a location that you manage, one to five stars, in the words they were "
        "written in. `query` is the location.\n"
        "[[source]]\n"
        "kind  = \"googlebusiness\"\n"
        "query = \"accounts/1001/locations/2002\"\n"
        "token = { env = \"GOOGLE_TOKEN\" }\n",
    .base = "https://mybusiness.googleapis.com",
    .key =
        "Apply for the Business Profile APIs, then an OAuth access token with the scope "
        "business.manage; it lives an hour, so renew it before each run.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
    .told_to_wait = google_told_to_wait,
};

}  // namespace plumbline
