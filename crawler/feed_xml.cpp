#include <pugixml.hpp>

#include "base/text.h"
#include "crawler/base64.h"
#include "crawler/feed_parts.h"
#include "crawler/feed_tree.h"
#include "crawler/html_scan.h"
#include "crawler/html_text.h"
#include "crawler/url.h"
#include "crawler/xml_repair.h"

namespace plumbline {
namespace {

FeedText decoded_text(const std::string& base64) {
  std::string bytes = decode_base64(base64).value_or(base64);
  return guessed_feed_text(is_utf8(bytes) ? bytes : clean_utf8(bytes));
}

FeedText text_by_type(const pugi::xml_node& node, bool atom) {
  std::string type = ascii_lower(attribute_of(node, "type"));
  std::string mode = ascii_lower(attribute_of(node, "mode"));
  if (mode == "base64") return decoded_text(text_of(node));
  if (has_elements(node)) return html_feed_text(markup_of(node));
  std::string text = text_of(node);
  if (type == "html" || type == "text/html") return html_feed_text(text);
  if (type == "xhtml" || type == "application/xhtml+xml") return html_feed_text(markup_of(node));
  if (type == "text" || type == "text/plain") return plain_feed_text(text);
  bool binary = contains(type, "/") && type.substr(0, 5) != "text/" && !contains(type, "xml");
  if (atom && binary) return decoded_text(text);
  if (atom && type.empty() && mode != "escaped") return plain_feed_text(text);
  return guessed_feed_text(text);
}

FeedText read_text(const pugi::xml_node& node, const Scope& scope, bool atom) {
  FeedText out = text_by_type(node, atom);
  out.language = scope.language;
  out.base = scope.base;
  return out;
}

FeedPerson read_person(const pugi::xml_node& node, const Scope& scope) {
  if (!has_elements(node)) return parse_person(text_of(node));
  FeedPerson person;
  for (const pugi::xml_node& child : node.children()) {
    Scope child_scope = inside(scope, child);
    std::string local = name_of(child, child_scope).local;
    std::string text = fold_space(text_of(child));
    if (local == "name") person.name = text;
    if (local == "email") person.email = text;
    if (local == "uri" || local == "url" || local == "homepage") {
      person.url = feed_link(child_scope.base, text);
    }
  }
  return person;
}

// Fills one item, or the feed's own fields, which have the same names.
class FieldReader {
 public:
  FieldReader(FeedItem& item, bool atom) : item_(item), atom_(atom) {}

  void read(const pugi::xml_node& node, const Scope& scope) {
    ElementName name = name_of(node, scope);
    switch (name.vocabulary) {
      case Vocabulary::core: read_core(name.local, node, scope); break;
      case Vocabulary::dc:
      case Vocabulary::dcterms: read_dublin_core(name.local, node, scope); break;
      case Vocabulary::content:
        if (name.local == "encoded") set_content(html_feed_text(text_of(node)), scope);
        break;
      case Vocabulary::xhtml:
        if (name.local == "body" || name.local == "div") {
          set_content(html_feed_text(markup_of(node)), scope);
        }
        break;
      case Vocabulary::itunes:
      case Vocabulary::media: read_media(name.local, node, scope); break;
      case Vocabulary::thread:
        if (name.local == "in-reply-to") item_.parent = attribute_of(node, "ref");
        break;
      default: break;
    }
  }

  // What can be said only when all fields are known.
  void finish() {
    if (item_.link.empty()) item_.link = permalink_;
    if (item_.title.html.empty()) item_.title = std::move(second_title_);
    if (item_.summary.html.empty()) item_.summary = std::move(second_summary_);
    if (item_.content.html.empty()) item_.content = std::move(second_content_);
    if (item_.authors.empty() && !second_author_.name.empty()) {
      item_.authors.push_back(second_author_);
    }
    if (item_.published == kNoTime) item_.published = created_;
    if (item_.updated == kNoTime) item_.updated = second_updated_;
  }

  std::string next() const { return next_; }
  std::string generator() const { return generator_; }

 private:
  static void keep(Seconds& into, Seconds time) {
    if (into == kNoTime) into = time;
  }

  void read_core(const std::string& name, const pugi::xml_node& node, const Scope& scope) {
    if (read_core_text(name, node, scope)) return;
    if (name == "link") read_link(node, scope);
    if (name == "id" || name == "guid") read_id(name, node, scope);
    if (name == "author" || name == "managingeditor") add_author(read_person(node, scope));
    if (name == "comments") item_.comments = feed_link(scope.base, text_of(node));
    if (name == "language") item_.language = std::string(trim(text_of(node)));
    if (name == "pubdate" || name == "published" || name == "issued") {
      keep(item_.published, parse_feed_time(text_of(node)));
    }
    if (name == "updated" || name == "modified" || name == "lastbuilddate") {
      keep(item_.updated, parse_feed_time(text_of(node)));
    }
    if (name == "created") keep(created_, parse_feed_time(text_of(node)));
    if (name == "generator") {
      generator_ = fold_space(text_of(node) + " " + attribute_of(node, "uri"));
    }
  }

  bool read_core_text(const std::string& name, const pugi::xml_node& node, const Scope& scope) {
    if (name == "title") {
      if (item_.title.html.empty()) item_.title = read_text(node, scope, atom_);
    } else if (name == "description" || name == "summary" || name == "tagline" ||
               name == "subtitle" || name == "abstract") {
      add_summary(name, read_text(node, scope, atom_));
    } else if (name == "content" || name == "fullitem" || name == "body") {
      if (attribute_of(node, "src").empty()) set_content(read_text(node, scope, atom_), scope);
    } else {
      return false;
    }
    return true;
  }

  void read_dublin_core(const std::string& name, const pugi::xml_node& node, const Scope& scope) {
    if (name == "creator" || name == "author") add_author(parse_person(text_of(node)));
    if (name == "language") item_.language = std::string(trim(text_of(node)));
    if (name == "date") keep(second_updated_, parse_feed_time(text_of(node)));
    if (name == "issued") keep(item_.published, parse_feed_time(text_of(node)));
    if (name == "modified") keep(item_.updated, parse_feed_time(text_of(node)));
    if (name == "created") keep(created_, parse_feed_time(text_of(node)));
    if (name == "title") second_title_ = read_text(node, scope, false);
    if (name == "description" || name == "abstract") {
      add_summary(name, read_text(node, scope, false));
    }
  }

  void read_media(const std::string& name, const pugi::xml_node& node, const Scope& scope) {
    if (name == "author") second_author_ = parse_person(text_of(node));
    if (name == "title" && second_title_.html.empty()) {
      second_title_ = read_text(node, scope, false);
    }
    bool about = name == "summary" || name == "description" || name == "subtitle";
    if (about && second_summary_.html.empty()) second_summary_ = read_text(node, scope, false);
    if (name == "group") {  // media:group holds the rest of its vocabulary
      for (const pugi::xml_node& child : node.children()) {
        Scope inner = inside(scope, child);
        ElementName inner_name = name_of(child, inner);
        if (inner_name.vocabulary == Vocabulary::media && inner_name.local != "group") {
          read_media(inner_name.local, child, inner);
        }
      }
    }
  }

  // Where a feed has two kinds of summary, the first is the summary and the other one the content.
  void add_summary(const std::string& name, FeedText text) {
    if (summary_name_.empty()) {
      summary_name_ = name;
      item_.summary = std::move(text);
    } else if (summary_name_ != name && second_content_.html.empty()) {
      second_content_ = std::move(text);
    }
  }

  void set_content(FeedText text, const Scope& scope) {
    if (!item_.content.html.empty()) return;
    text.language = scope.language;
    text.base = scope.base;
    item_.content = std::move(text);
  }

  void add_author(FeedPerson person) {
    constexpr std::size_t kMostAuthors = 50;
    bool empty = person.name.empty() && person.email.empty() && person.url.empty();
    if (!empty && item_.authors.size() < kMostAuthors) item_.authors.push_back(std::move(person));
  }

  void read_link(const pugi::xml_node& node, const Scope& scope) {
    std::string text(trim(text_of(node)));
    if (!node.attribute("href")) {
      if (item_.link.empty() && !text.empty()) item_.link = feed_link(scope.base, text);
      return;
    }
    std::string target = feed_link(scope.base, attribute_of(node, "href"));
    std::string relation = ascii_lower(attribute_of(node, "rel"));
    std::string type = ascii_lower(attribute_of(node, "type"));
    bool page = type.empty() || contains(type, "html");
    if ((relation.empty() || relation == "alternate") && (page || item_.link.empty())) {
      if (item_.link.empty() || !link_is_page_) item_.link = target;
      link_is_page_ = link_is_page_ || page;
    }
    if (relation == "next" && next_.empty()) next_ = target;
    if (relation == "replies" && item_.comments.empty()) item_.comments = target;
  }

  void read_id(const std::string& name, const pugi::xml_node& node, const Scope& scope) {
    std::string text(trim(text_of(node)));
    bool permanent = name == "guid" && !iequals_ascii(attribute_of(node, "isPermaLink"), "false");
    bool link = name == "id" || (permanent && (is_web_url(text) || text.substr(0, 1) == "/"));
    item_.id = link ? resolve_url(scope.base, text) : text;
    if (permanent && is_web_url(item_.id)) permalink_ = item_.id;
  }

  FeedItem& item_;
  bool atom_;
  bool link_is_page_ = false;
  std::string next_, generator_;
  std::string permalink_;
  std::string summary_name_;
  FeedText second_title_, second_summary_, second_content_;
  FeedPerson second_author_;
  Seconds created_ = kNoTime;
  Seconds second_updated_ = kNoTime;
};

class FeedReader {
 public:
  explicit FeedReader(Feed& feed, bool atom) : feed_(feed), atom_(atom), own_(fields_, atom) {}

  void read(const pugi::xml_node& parent, const Scope& scope) {
    for (const pugi::xml_node& node : parent.children()) {
      if (node.type() != pugi::node_element) continue;
      Scope inner = inside(scope, node);
      ElementName name = name_of(node, inner);
      bool core = name.vocabulary == Vocabulary::core;
      if (core && (name.local == "item" || name.local == "entry")) {
        read_item(node, inner);
      } else if (core && name.local == "channel") {
        own_scope_ = inner;
        read(node, inner);
        if (fields_.id.empty()) fields_.id = attribute_of(node, "about");
      } else if (core &&
                 (name.local == "items" || name.local == "image" || name.local == "textinput")) {
        if (name.local == "items") read(node, inner);  // RSS 1.1
      } else {
        own_.read(node, inner);
      }
    }
  }

  void finish(const Scope& root_scope) {
    own_.finish();
    feed_.title = std::move(fields_.title);
    feed_.subtitle = std::move(fields_.summary);
    feed_.id = fields_.id;
    feed_.link = fields_.link;
    feed_.next = own_.next();
    feed_.generator = own_.generator();
    feed_.authors = std::move(fields_.authors);
    feed_.published = fields_.published;
    feed_.updated = fields_.updated;
    const Scope& scope = own_scope_.prefixes.empty() ? root_scope : own_scope_;
    feed_.base = scope.base;
    feed_.language = fields_.language.empty() ? scope.language : fields_.language;
    for (FeedItem& item : feed_.items) {
      if (item.authors.empty() && atom_) item.authors = feed_.authors;
      if (item.language.empty()) item.language = feed_.language;
      for (FeedText* text : {&item.title, &item.summary, &item.content}) {
        if (text->language.empty()) text->language = item.language;
      }
    }
  }

 private:
  void read_item(const pugi::xml_node& node, const Scope& scope) {
    FeedItem item;
    FieldReader reader(item, atom_);
    for (const pugi::xml_node& child : node.children()) {
      if (child.type() == pugi::node_element) reader.read(child, inside(scope, child));
    }
    reader.finish();
    if (item.id.empty()) item.id = attribute_of(node, "about");
    if (item.language.empty()) item.language = scope.language;
    feed_.items.push_back(std::move(item));
  }

  Feed& feed_;
  bool atom_;
  FeedItem fields_;
  FieldReader own_;
  Scope own_scope_;
};

// The address of the feed that a web page names, for the message.
std::string feed_of_page(std::string_view page, std::string_view url) {
  HtmlTag tag;
  for (std::size_t at = 0; at < page.size() && next_tag(page, at, tag); at = tag.end) {
    bool feed = contains(tag.type, "rss") || contains(tag.type, "atom+xml") ||
                contains(tag.type, "feed+json");
    if (tag.name == "link" && feed && !tag.href.empty()) return feed_link(url, tag.href);
  }
  return {};
}

}  // namespace

Result<Feed> parse_xml_feed(std::string_view body, const FeedContext& context) {
  std::string utf8 = xml_to_utf8(body, charset_of(context.content_type));
  RepairedXml repaired = PLUMBLINE_TRY(repair_xml(utf8));
  if (iequals_ascii(repaired.root, "html")) {
    std::string feed = feed_of_page(utf8, context.url);
    return fail(ErrorCode::parse, "the body is a web page, not a feed" +
                                      (feed.empty() ? std::string() : "; its feed is at " + feed));
  }
  FeedTree tree = PLUMBLINE_TRY(FeedTree::parse(repaired.text));
  Scope outside;
  outside.base = context.url;
  outside.language = context.language;
  pugi::xml_node root = tree.root();
  Scope scope = inside(outside, root);
  std::string name = name_of(root, scope).local;
  if (name != "rss" && name != "rdf" && name != "feed" && name != "channel") {
    return fail(ErrorCode::parse,
                "the body is XML, but not a feed: its root is <" + shorten(name, 40) + ">");
  }
  Feed feed;
  bool atom = name == "feed";
  feed.format = atom ? "atom" : "rss";
  feed.repaired = tree.repaired();
  feed.breaks_off = !repaired.closed;
  FeedReader reader(feed, atom);
  reader.read(root, scope);
  reader.finish(scope);
  return feed;
}

}  // namespace plumbline
