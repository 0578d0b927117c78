#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/base64.h"
#include "crawler/html_text.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source woocommerce_source;
namespace {

constexpr std::size_t kPageSize = 100;

// With a key the shop's own interface is asked, which also says where a review stands; without one
// the public interface of its store.
Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  if (trim(query.url).empty())
    return fail(ErrorCode::invalid, "woocommerce needs `url`: the address of the shop");
  const bool own = !query.token.empty();
  Address address(
      query.url, own ? "/wp-json/wc/v3/products/reviews" : "/wp-json/wc/store/v1/products/reviews");
  address.add("per_page", static_cast<std::int64_t>(kPageSize))
      .add("page", ListingPlace(cursor).number(1))
      .add("orderby", own ? "date_gmt" : "date")
      .add("order", "desc")
      .add(own ? "product" : "product_id", query.option("product"));
  Request request = json_request(address);
  if (own) request.headers.emplace_back("Authorization", "Basic " + encode_base64(query.token));
  return request;
}

Document read_review(Json review, const SourceQuery& query) {
  Document document = new_document(woocommerce_source, query);
  document.id = review["id"].text();
  const std::string product = review["product_permalink"].text();
  if (!product.empty()) document.url = product + "#comment-" + percent_encode(document.id);
  // Names are all a shop gives; addresses of mail are not kept.
  document.author.name = fold_space(html_to_text(review["reviewer"].text()));
  document.published_at = time_of(review["date_created_gmt"]);
  document.text = html_to_text(review["review"].text());
  document.rating = review["rating"].number();
  return document;
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json reviews = json.root();
  if (!reviews.is_array()) return not_a_list(reviews, "reviews");
  Listing listing(query, context);
  for (const Json review : reviews) {
    const std::string status = review["status"].text();
    if (status == "trash" || status == "spam")
      listing.gone(review["id"].text());
    else if (!status.empty() && status != "approved")
      listing.leave_out("not published by the shop");
    else
      listing.add(read_review(review, query));
  }
  const bool more = !link_target(context.link, "next").empty() || reviews.size() >= kPageSize;
  return listing.finish(more ? std::to_string(listing.place().number(1) + 1) : "");
}

constexpr SourceOption kOptions[] = {
    {.key = "product", .help = "number of one product; default all products of the shop"},
};

}  // namespace

const Source woocommerce_source = {
    .name = "woocommerce",
    .title = "WooCommerce product reviews",
    .terms = "The public store interface of each shop, or its own interface with its own key.",
    .help =
        "Reviews of the products of a shop, one to five stars. `url` is the shop. Without a token "
        "the store's public interface is asked; with one (\"key:secret\") the shop's own.\n"
        "[[source]]\n"
        "kind = \"woocommerce\"\n"
        "url  = \"https://shop.example\"\n",
    .base = "",
    .key =
        "Not needed. For your own shop: WooCommerce, Settings, Advanced, REST API, Add key with "
        "permission Read; the token is \"CONSUMER_KEY:CONSUMER_SECRET\".",
    .options = kOptions,
    .local_ids = true,
    .needs_url = true,
    .requests_per_second = 1,
    .plan = plan,
    .parse = parse,
};

}  // namespace plumbline
