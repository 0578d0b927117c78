#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"

namespace plumbline {
extern const Source trustpilot_source;
namespace {

constexpr std::int64_t kPageSize = 100;

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string business = asked_for(query, "business");
  if (business.empty()) return needs_query(trustpilot_source, "the id of the business unit");
  Address address(base_of(trustpilot_source, query),
                  "/v1/business-units/" + encode_path(business) + "/reviews");
  address.add("perPage", kPageSize)
      .add("page", ListingPlace(cursor).number(1))
      .add("orderBy", "createdat.desc")
      .add("language", query.option("language"));
  Request request = json_request(address);
  if (!query.token.empty()) request.headers.emplace_back("apikey", query.token);
  return request;
}

Document read_review(Json review, const SourceQuery& query) {
  const Json consumer = review["consumer"];
  Document document = new_document(trustpilot_source, query);
  document.id = review["id"].text();
  document.url = "https://www.trustpilot.com/reviews/" + encode_path(document.id);
  document.author.id = consumer["id"].text();
  document.author.name = fold_space(consumer["displayName"].text());
  document.published_at = time_of(review["createdAt"]);
  document.lang = review["language"].text();
  document.title = review["title"].text();
  document.text = review["text"].text();
  document.rating = review["stars"].number();
  document.likes = review["numberOfLikes"].integer();
  document.place = consumer["displayLocation"].text();
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json reviews = json.root()["reviews"];
  if (!reviews.is_array()) return not_a_list(json.root(), "reviews");
  Listing listing(query, context);
  for (const Json review : reviews) {
    const std::string status = ascii_lower(review["status"].text());
    if (status.empty() || status == "active")
      listing.add(read_review(review, query));
    else
      listing.leave_out("not shown by the site");
  }
  // Every call counts against a yearly allowance, so no page is asked for behind a short one.
  const bool full = reviews.size() >= static_cast<std::size_t>(kPageSize);
  return listing.finish(full ? std::to_string(listing.place().number(1) + 1) : "");
}

constexpr SourceOption kOptions[] = {
    {.key = "business",
     .help = "id of the business unit, instead of `query`",
     .instead_of_query = true},
    {.key = "language", .help = "two letters of one language; default all"},
};

}  // namespace

const Source trustpilot_source = {
    .name = "trustpilot",
    .title = "Trustpilot reviews",
    .terms = "Paid interface for your own business; calls count against a yearly allowance.",
    .help =
        "Reviews of a business, one to five stars. `query` is the id of its business unit, 24 "
        "letters and digits.\n"
        "[[source]]\n"
        "kind  = \"trustpilot\"\n"
        "query = \"46d6a890000064000500e0c3\"\n"
        "token = { env = \"TRUSTPILOT_KEY\" }\n",
    .base = "https://api.trustpilot.com",
    .key =
        "Trustpilot Business, Integrations, Developers, APIs: make an application and copy its "
        "API key (part of the paid API module).",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
};

}  // namespace plumbline
