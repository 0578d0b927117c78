#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source amo_source;
namespace {

constexpr std::int64_t kPageSize = 50;  // the most there is

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string addon = asked_for(query, "addon");
  if (addon.empty()) return needs_query(amo_source, "the add-on's number, slug or GUID");
  Address address(base_of(amo_source, query), "/api/v5/ratings/rating/");
  address.add("addon", addon)
      .add("page_size", kPageSize)
      .add("page", ListingPlace(cursor).number(1));
  return json_request(address);
}

Document read_rating(Json rating, const SourceQuery& query) {
  Document document = new_document(amo_source, query);
  document.id = rating["id"].text();
  std::string slug = rating["addon"]["slug"].text();
  if (slug.empty()) slug = asked_for(query, "addon");
  document.url = "https://addons.mozilla.org/addon/" + encode_path(slug) + "/reviews/" +
                 encode_path(document.id) + "/";
  document.author.id = rating["user"]["id"].text();
  document.author.name = fold_space(rating["user"]["name"].text());
  document.published_at = time_of(rating["created"]);
  document.text = rating["body"].text();
  document.rating = rating["score"].number();
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json ratings = json.root()["results"];
  if (!ratings.is_array()) return not_a_list(json.root(), "ratings");
  Listing listing(query, context);
  for (const Json rating : ratings) {
    if (rating["is_deleted"].flag().value_or(false)) {
      listing.gone(rating["id"].text());
      continue;
    }
    listing.add(read_rating(rating, query));
    if (!rating["reply"].is_object()) continue;
    Document answer = read_rating(rating["reply"], query);  // the developer's
    answer.parent = rating["id"].text();
    answer.rating.reset();
    listing.add(std::move(answer));
  }
  return listing.finish(query_parameter(json.root()["next"].text(), "page"));
}

constexpr SourceOption kOptions[] = {
    {.key = "addon",
     .help = "number, slug or GUID of the add-on, instead of `query`",
     .instead_of_query = true},
};

}  // namespace

const Source amo_source = {
    .name = "amo",
    .title = "Mozilla Add-ons ratings",
    .terms = "Public interface without a key; it answers 429 when asked too fast.",
    .help =
        "Ratings of a Firefox or Thunderbird add-on with the developer's answers, one to five "
        "stars. `query` is the add-on's number, slug or GUID. Stars without a word are left out.\n"
        "[[source]]\n"
        "kind  = \"amo\"\n"
        "query = \"acme-notes\"\n",
    .base = "https://addons.mozilla.org",
    .options = kOptions,
    .needs_query = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
};

}  // namespace plumbline
