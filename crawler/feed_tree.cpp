#include "crawler/feed_tree.h"

#include <algorithm>
#include <array>

#include <libxml/parser.h>
#include <pugixml.hpp>

#include "base/text.h"
#include "crawler/feed_parts.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

constexpr std::size_t kMostPrefixes = 64;

struct KnownName {
  std::string_view name;
  Vocabulary vocabulary;
};

constexpr std::array<KnownName, 31> kNamespaces = {{
    {"", Vocabulary::core},
    {"http://backend.userland.com/rss", Vocabulary::core},
    {"http://backend.userland.com/rss2", Vocabulary::core},
    {"http://blogs.law.harvard.edu/tech/rss", Vocabulary::core},
    {"http://purl.org/rss/1.0", Vocabulary::core},
    {"http://my.netscape.com/rdf/simple/0.9", Vocabulary::core},
    {"http://channel.netscape.com/rdf/simple/0.9", Vocabulary::core},
    {"http://purl.org/net/rss1.1", Vocabulary::core},
    {"http://example.com/newformat", Vocabulary::core},
    {"http://example.com/necho", Vocabulary::core},
    {"http://purl.org/echo", Vocabulary::core},
    {"uri/of/echo/namespace", Vocabulary::core},
    {"http://purl.org/pie", Vocabulary::core},
    {"http://purl.org/atom/ns", Vocabulary::core},
    {"http://www.w3.org/2005/atom", Vocabulary::core},
    {"http://purl.org/rss/1.0/modules/rss091", Vocabulary::core},
    {"http://purl.org/dc/elements/1.0", Vocabulary::dc},
    {"http://purl.org/dc/elements/1.1", Vocabulary::dc},
    {"http://purl.org/dc/terms", Vocabulary::dcterms},
    {"http://purl.org/rss/1.0/modules/content", Vocabulary::content},
    {"http://purl.org/rss/1.0/modules/dcterms", Vocabulary::dcterms},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns", Vocabulary::rdf},
    {"http://www.itunes.com/dtds/podcast-1.0.dtd", Vocabulary::itunes},
    {"http://www.itunes.com/dtds/podcast-1.0", Vocabulary::itunes},
    {"http://example.com/dtds/podcast-1.0.dtd", Vocabulary::itunes},
    {"http://search.yahoo.com/mrss", Vocabulary::media},
    {"http://www.w3.org/1999/xhtml", Vocabulary::xhtml},
    {"http://www.w3.org/tr/xhtml1", Vocabulary::xhtml},
    {"http://purl.org/syndication/thread/1.0", Vocabulary::thread},
    {"http://wellformedweb.org/commentapi", Vocabulary::wfw},
    {"http://www.w3.org/xml/1998/namespace", Vocabulary::other},
}};

constexpr std::array<KnownName, 12> kCustomPrefixes = {{{"atom", Vocabulary::core},
                                                        {"rss", Vocabulary::core},
                                                        {"dc", Vocabulary::dc},
                                                        {"dcterms", Vocabulary::dcterms},
                                                        {"content", Vocabulary::content},
                                                        {"rdf", Vocabulary::rdf},
                                                        {"itunes", Vocabulary::itunes},
                                                        {"media", Vocabulary::media},
                                                        {"xhtml", Vocabulary::xhtml},
                                                        {"thr", Vocabulary::thread},
                                                        {"wfw", Vocabulary::wfw},
                                                        {"", Vocabulary::core}}};

Vocabulary vocabulary_of(std::string_view uri) {
  std::string folded = ascii_lower(trim(uri));
  while (!folded.empty() && (folded.back() == '/' || folded.back() == '#')) folded.pop_back();
  for (const KnownName& known : kNamespaces) {
    if (known.name == folded) return known.vocabulary;
  }
  return Vocabulary::other;
}

std::string_view local_part(std::string_view name) {
  std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// What xml:base says in a document at `outer`; addresses that are no web pages do not count.
std::string inner_base(const std::string& outer, std::string_view said) {
  std::string base(trim(said));
  std::size_t slashes = base.find(":///");  // "http:///host/", sent by some
  if (slashes != std::string::npos && slashes <= 5) base.erase(slashes + 1, 1);
  base = resolve_url(outer, base);
  return is_web_url(base) ? base : outer;
}

void close_text(std::string_view text, std::string& out) {
  for (char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
}

bool is_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

// Depth is bounded by repair_xml.
void add_markup(const pugi::xml_node& parent, std::string& out) {
  for (const pugi::xml_node& node : parent.children()) {
    if (is_text(node)) close_text(node.value(), out);
    if (node.type() != pugi::node_element) continue;
    std::string_view name = local_part(node.name());
    out += '<';
    out += name;
    for (const pugi::xml_attribute& attribute : node.attributes()) {
      if (std::string_view(attribute.name()).substr(0, 5) == "xmlns") continue;
      out += ' ';
      out += attribute.name();
      out += "=\"";
      close_text(attribute.value(), out);
      out += '"';
    }
    bool alone = name == "br" || name == "img" || name == "hr" || name == "input";
    out += alone ? "/>" : ">";
    if (alone) continue;
    add_markup(node, out);
    out += "</";
    out += name;
    out += '>';
  }
}

constexpr unsigned kLenient = pugi::parse_default | pugi::parse_ws_pcdata;

// The text as libxml2 understands it, well-formed again. Empty if it finds no element.
std::string recovered(const std::string& text) {
  constexpr int kOptions = XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                           XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_HUGE;
  xmlDocPtr parsed =
      xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", kOptions);
  if (parsed == nullptr) return {};
  xmlChar* bytes = nullptr;
  int length = 0;
  xmlDocDumpMemoryEnc(parsed, &bytes, &length, "UTF-8");
  std::string out;
  if (bytes != nullptr)
    out.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
  xmlFree(bytes);
  xmlFreeDoc(parsed);
  return out;
}

}  // namespace

FeedTree::FeedTree() : document_(std::make_unique<pugi::xml_document>()) {}
FeedTree::FeedTree(FeedTree&&) noexcept = default;
FeedTree& FeedTree::operator=(FeedTree&&) noexcept = default;
FeedTree::~FeedTree() = default;

Result<FeedTree> FeedTree::parse(const std::string& text) {
  FeedTree tree;
  auto read = [&tree](const std::string& xml) {
    return tree.document_->load_buffer(xml.data(), xml.size(), kLenient, pugi::encoding_utf8);
  };
  if (read(text)) return tree;
  tree.repaired_ = true;
  constexpr std::size_t kMostToRecover = 64u << 20;
  std::string second = text.size() <= kMostToRecover ? recovered(text) : std::string();
  if (!second.empty() && read(second)) return tree;
  read(text);  // at least what stands before the fault
  if (tree.document_->document_element()) return tree;
  return fail(ErrorCode::parse, "the body is not XML that anything can be read from");
}

pugi::xml_node FeedTree::root() const { return document_->document_element(); }

Scope inside(const Scope& outer, const pugi::xml_node& element) {
  Scope scope = outer;
  bool root = outer.prefixes.empty();
  if (root) scope.prefixes.emplace_back("", Vocabulary::core);
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    std::string_view name = attribute.name();
    if (name == "xml:base") scope.base = inner_base(outer.base, attribute.value());
    if (name == "xml:lang") {
      scope.language = std::string(trim(attribute.value()));
      std::replace(scope.language.begin(), scope.language.end(), '_', '-');
    }
    bool declares = name == "xmlns" || name.substr(0, 6) == "xmlns:";
    if (!declares || scope.prefixes.size() >= kMostPrefixes) continue;
    Vocabulary vocabulary = vocabulary_of(attribute.value());
    // A root in a namespace that nobody knows is still the feed.
    if (root && name == "xmlns" && vocabulary == Vocabulary::other) vocabulary = Vocabulary::core;
    scope.prefixes.emplace_back(name.size() > 6 ? name.substr(6) : std::string_view(), vocabulary);
  }
  return scope;
}

ElementName name_of(const pugi::xml_node& element, const Scope& scope) {
  std::string_view name = element.name();
  std::size_t colon = name.find(':');
  std::string_view prefix =
      colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
  ElementName out;
  out.local = ascii_lower(local_part(name));
  for (auto at = scope.prefixes.rbegin(); at != scope.prefixes.rend(); ++at) {
    if (at->first != prefix) continue;
    out.vocabulary = at->second;
    return out;
  }
  std::string custom = ascii_lower(prefix);
  for (const KnownName& known : kCustomPrefixes) {
    if (known.name == custom) out.vocabulary = known.vocabulary;
  }
  return out;
}

bool has_elements(const pugi::xml_node& element) {
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() == pugi::node_element) return true;
  }
  return false;
}

std::string text_of(const pugi::xml_node& element) {
  std::string out;
  for (const pugi::xml_node& child : element.children()) {
    if (is_text(child)) out += child.value();
    if (child.type() == pugi::node_element) out += text_of(child);
  }
  return out;
}

std::string markup_of(const pugi::xml_node& element) {
  std::string out;
  add_markup(element, out);
  return out;
}

std::string attribute_of(const pugi::xml_node& element, std::string_view name) {
  for (const pugi::xml_attribute& attribute : element.attributes()) {
    if (iequals_ascii(local_part(attribute.name()), name))
      return std::string(trim(attribute.value()));
  }
  return {};
}

}  // namespace plumbline
