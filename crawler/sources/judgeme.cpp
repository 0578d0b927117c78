#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/html_text.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"

namespace plumbline {
extern const Source judgeme_source;
namespace {

constexpr std::int64_t kPageSize = 100;

Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string shop = asked_for(query, "shop_domain");
  if (shop.empty()) return needs_query(judgeme_source, "the shop, such as acme.myshopify.com");
  Address address(base_of(judgeme_source, query), "/api/v1/reviews");
  address.add("shop_domain", shop)
      .add("per_page", kPageSize)
      .add("page", ListingPlace(cursor).number(1));
  Request request = json_request(address);
  if (!query.token.empty()) request.headers.emplace_back("X-Api-Token", query.token);
  return request;
}

Document read_review(Json review, const SourceQuery& query) {
  Document document = new_document(judgeme_source, query);
  document.id = review["id"].text();
  const std::string product = review["product_handle"].text();
  const std::string shop = asked_for(query, "shop_domain");
  if (!product.empty() && !shop.empty())
    document.url = "https://" + encode_path(shop) + "/products/" + encode_path(product);
  document.author.id = review["reviewer"]["id"].text();  // the address of mail is not kept
  document.author.name = fold_space(review["reviewer"]["name"].text());
  document.published_at = time_of(review["created_at"]);
  document.title = html_to_text(review["title"].text());
  document.text = html_to_text(review["body"].text());
  document.rating = review["rating"].number();
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json reviews = json.root()["reviews"];
  if (!reviews.is_array()) return not_a_list(json.root(), "reviews");
  Listing listing(query, context);
  for (const Json review : reviews) {
    const bool shown = review["published"].flag().value_or(true) &&
                       !review["hidden"].flag().value_or(false) &&
                       review["curated"].text() != "spam";
    if (shown)
      listing.add(read_review(review, query));
    else
      listing.leave_out("not published by the shop");
  }
  const bool any = reviews.size() > 0;
  return listing.finish(any ? std::to_string(listing.place().number(1) + 1) : "");
}

constexpr SourceOption kOptions[] = {
    {.key = "shop_domain", .help = "the shop, instead of `query`", .instead_of_query = true},
};

}  // namespace

const Source judgeme_source = {
    .name = "judgeme",
    .title = "Judge.me reviews (Shopify shops)",
    .terms = "Interface for your own shop with its token; only what the shop publishes is kept.",
    .help =
        "Product reviews of a shop, one to five stars. `query` is the shop's domain at Shopify.\n"
        "[[source]]\n"
        "kind  = \"judgeme\"\n"
        "query = \"acme.myshopify.com\"\n"
        "token = { env = \"JUDGEME_TOKEN\" }\n",
    .base = "https://judge.me",
    .key = "Judge.me admin, Settings, Integrations, Judge.me API: copy the private API token.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
};

}  // namespace plumbline
