#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"

namespace plumbline {
extern const Source yelp_source;
namespace {

Result<Request> plan(const SourceQuery& query, std::string_view) {
  const std::string business = asked_for(query, "business");
  if (business.empty()) return needs_query(yelp_source, "the id or alias of the business");
  Address address(base_of(yelp_source, query),
                  "/v3/businesses/" + encode_path(business) + "/reviews");
  address.add("sort_by", "newest").add("locale", query.option("locale"));
  return bearer_request(address, query);
}

Document read_review(Json review, const SourceQuery& query) {
  Document document = new_document(yelp_source, query);
  document.id = review["id"].text();
  document.url = review["url"].text();
  document.author.id = review["user"]["id"].text();
  document.author.name = fold_space(review["user"]["name"].text());
  document.published_at = time_of(review["time_created"]);
  document.text = review["text"].text();
  document.rating = review["rating"].number();
  document.lang = query.option("locale").substr(0, 2);
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json reviews = json.root()["reviews"];
  if (!reviews.is_array()) return not_a_list(json.root(), "reviews");
  Listing::Rules rules;
  rules.limit = "three excerpts, seven on larger plans";
  Listing listing(query, context, rules);
  for (const Json review : reviews) listing.add(read_review(review, query));
  return listing.finish("");
}

constexpr SourceOption kOptions[] = {
    {.key = "business",
     .help = "id or alias of the business, instead of `query`",
     .instead_of_query = true},
    {.key = "locale", .help = "language and country such as en_GB; default Yelp's own, en_US"},
};

}  // namespace

const Source yelp_source = {
    .name = "yelp",
    .title = "Yelp review excerpts",
    .terms =
        "Paid interface that gives excerpts of 160 characters, which Yelp allows to be kept "
        "for 24 hours.",
    .help =
        "The newest three excerpts of a business (seven on larger plans), so read it every day. "
        "`query` is its id or alias, as in the address of its page.\n"
        "[[source]]\n"
        "kind  = \"yelp\"\n"
        "query = \"acme-cafe-tulsa\"\n"
        "token = { env = \"YELP_KEY\" }\n",
    .base = "https://api.yelp.com",
    .key = "Yelp for Developers, Manage App: create an app and copy its API key.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
};

}  // namespace plumbline
