#include <algorithm>

#include "base/text.h"
#include "crawler/api_call.h"
#include "crawler/google_api.h"
#include "crawler/html_entities.h"
#include "crawler/json_reader.h"
#include "crawler/listing.h"
#include "crawler/source.h"
#include "crawler/url.h"

namespace plumbline {
extern const Source youtube_source;
namespace {

constexpr Seconds kLookBack = 30 * kSecondsPerDay;  // so old videos are asked for new comments

// A single video, where one is named: by the option, or as "video:ID".
std::string named_video(const SourceQuery& query) {
  constexpr std::string_view kPrefix = "video:";
  const std::string_view words = trim(query.words);
  if (words.substr(0, kPrefix.size()) == kPrefix)
    return std::string(trim(words.substr(kPrefix.size())));
  return query.option("video");
}

Request ask_comments(const SourceQuery& query, const std::string& video, const std::string& token) {
  Address address(base_of(youtube_source, query), "/youtube/v3/commentThreads");
  address.add("part", "snippet,replies")
      .add("videoId", video)
      .add("order", "time")
      .add("textFormat", "plainText")
      .add("maxResults", 100)
      .add("pageToken", token);
  return google_key_request(address, query);
}

// The search finds videos that hold the words; the comments of each are read before it goes on.
Result<Request> plan(const SourceQuery& query, std::string_view cursor) {
  const std::string video = named_video(query);
  const ListingPlace place(cursor);
  if (video.empty() && trim(query.words).empty())
    return needs_query(youtube_source, "words to look for, or \"video:ID\"");
  if (!place.visiting.empty()) return ask_comments(query, place.visiting, place.token);
  if (!video.empty()) return ask_comments(query, video, place.token);
  Seconds since = query.since;
  if (place.since != kNoTime) since = std::max(since, place.since - kLookBack);
  Address address(base_of(youtube_source, query), "/youtube/v3/search");
  address.add("part", "snippet")
      .add("q", trim(query.words))
      .add("type", "video")
      .add("order", "date")
      .add("maxResults", 50)
      .add("publishedAfter", since > 0 ? format_utc(since) : "")
      .add("pageToken", place.token);
  return google_key_request(address, query);
}

Document read_video(Json item, const std::string& id, const SourceQuery& query) {
  const Json snippet = item["snippet"];
  Document document = new_document(youtube_source, query);
  document.id = id;
  document.url = "https://www.youtube.com/watch?v=" + percent_encode(id);
  document.author.id = snippet["channelId"].text();
  document.author.name = fold_space(decode_references(snippet["channelTitle"].text()));
  document.published_at = time_of(snippet["publishedAt"]);
  document.title = decode_references(snippet["title"].text());
  document.text = decode_references(snippet["description"].text());
  return document;
}

Document read_comment(Json comment, const std::string& video, const std::string& parent,
                      const SourceQuery& query) {
  const Json snippet = comment["snippet"];
  Document document = new_document(youtube_source, query);
  document.id = comment["id"].text();
  document.url = "https://www.youtube.com/watch?v=" + percent_encode(video) +
                 "&lc=" + percent_encode(document.id);
  document.author.id = snippet["authorChannelId"]["value"].text();
  document.author.handle = document.author.name =
      fold_space(snippet["authorDisplayName"].text());  // "@marta"
  if (document.author.handle.substr(0, 1) == "@")
    document.author.handle.erase(0, 1);
  else
    document.author.handle.clear();
  document.published_at = time_of(snippet["publishedAt"]);
  document.text = snippet["textOriginal"].text();  // given to the owner of the comment alone
  if (document.text.empty()) document.text = snippet["textDisplay"].text();
  document.likes = snippet["likeCount"].integer();
  document.parent = parent;
  return document;
}

void take_thread(Json thread, const SourceQuery& query, Listing& listing) {
  const Json top = thread["snippet"]["topLevelComment"];
  std::string video = thread["snippet"]["videoId"].text();
  if (video.empty()) video = top["snippet"]["videoId"].text();
  if (video.empty()) video = listing.place().visiting;
  Document document = read_comment(top, video, video, query);
  if (document.id.empty()) document.id = thread["id"].text();  // they are the same
  const std::string parent = document.id;
  listing.add(std::move(document));
  for (const Json reply : thread["replies"]["comments"])
    listing.add(read_comment(reply, video, parent, query));
}

Result<Page> parse(std::string_view body, const SourceQuery& query, const ReplyContext& context) {
  const JsonDocument json = PLUMBLINE_TRY(JsonDocument::parse(body));
  const Json items = json.root()["items"];
  if (!items.is_array()) return not_a_list(json.root(), "videos or comments");
  Listing::Rules rules;
  if (ListingPlace(context.cursor).visiting.empty() && named_video(query).empty())
    rules.overlap = kLookBack;
  Listing listing(query, context, rules);
  for (const Json item : items) {
    const std::string video = item["id"]["videoId"].text();
    if (!video.empty()) {
      listing.add(read_video(item, video, query));
      listing.visit(video);
    } else if (item["snippet"]["topLevelComment"].is_object()) {
      take_thread(item, query, listing);
    } else {
      listing.unreadable();
    }
  }
  return listing.finish(json.root()["nextPageToken"].text());
}

constexpr SourceOption kOptions[] = {
    {.key = "video",
     .help = "id of one video whose comments are read, instead of `query`",
     .instead_of_query = true},
};

}  // namespace

const Source youtube_source = {
    .name = "youtube",
    .title = "YouTube videos and comments",
    .terms =
        "Data API with a key: 100 searches and 10,000 other calls a day; what is stored must "
        "be renewed or dropped within 30 days.",
    .help =
        "Videos that hold the words of `query`, with their comments and the answers that come "
        "with them; or the comments of one video (`video`, or \"video:ID\" as query). Videos of "
        "the last 30 days are asked for new comments.\n"
        "[[source]]\n"
        "kind  = \"youtube\"\n"
        "query = \"acme pump\"\n"
        "token = { env = \"YOUTUBE_KEY\" }\n",
    .base = "https://www.googleapis.com",
    .key =
        "Google Cloud console: enable \"YouTube Data API v3\", then APIs and Services, "
        "Credentials, Create credentials, API key.",
    .options = kOptions,
    .needs_query = true,
    .needs_token = true,
    .requests_per_second = 2,
    .plan = plan,
    .parse = parse,
    .past_end = past_visit,
    .told_to_wait = google_told_to_wait,
};

}  // namespace plumbline
