// The elements of an XML feed with what is in force at each: vocabulary, base address, language.
// Only for crawler/feed*.cpp.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace pugi {
class xml_node;
class xml_document;
}  // namespace pugi

namespace plumbline {

// Namespaces by what they are, not by the prefix that a feed gives them. `core` is every version of
// RSS and Atom, and no namespace at all.
enum class Vocabulary { core, dc, dcterms, content, rdf, itunes, media, xhtml, thread, wfw, other };

struct ElementName {
  Vocabulary vocabulary = Vocabulary::other;
  std::string local;  // lower case
};

// What an element inherits and hands down.
struct Scope {
  std::vector<std::pair<std::string, Vocabulary>> prefixes;  // innermost last
  std::string base;
  std::string language;
};

class FeedTree {
 public:
  // `text` from repair_xml. Read leniently at first; what is not well-formed once more by a parser
  // that closes and drops what does not fit, and then `repaired` is true.
  static Result<FeedTree> parse(const std::string& text);

  FeedTree(FeedTree&&) noexcept;
  FeedTree& operator=(FeedTree&&) noexcept;
  ~FeedTree();

  pugi::xml_node root() const;
  bool repaired() const { return repaired_; }

 private:
  FeedTree();
  std::unique_ptr<pugi::xml_document> document_;
  bool repaired_ = false;
};

// `outer` with what the element's own xmlns, xml:base and xml:lang change.
Scope inside(const Scope& outer, const pugi::xml_node& element);
// The element's name, with its scope as `inside` gives it. An undeclared prefix counts as what it
// is by custom.
ElementName name_of(const pugi::xml_node& element, const Scope& scope);

bool has_elements(const pugi::xml_node& element);
std::string text_of(const pugi::xml_node& element);    // all text below, untrimmed
std::string markup_of(const pugi::xml_node& element);  // what is inside, as HTML without prefixes
std::string attribute_of(const pugi::xml_node& element, std::string_view name);  // trimmed

}  // namespace plumbline
