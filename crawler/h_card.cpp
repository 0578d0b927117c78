#include "crawler/h_card.h"

#include <algorithm>
#include <memory>
#include <string>

#include <gumbo.h>

#include "base/text.h"
#include "crawler/html_scan.h"
#include "crawler/probe_facts.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

struct Card {
  std::string text;  // all of it: the name where none is marked
  std::vector<ProfileFact> facts;
  bool is_page = false;  // its u-url is where it stands
};

// An element that is open while the tree is walked.
struct Open {
  const GumboNode* node;
  unsigned next = 0;
  int card = -1;                   // the card that it belongs to
  std::vector<std::string> kinds;  // of the properties that its text is the value of
  std::string text;
};

std::string attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string() : clean_utf8(found->value);
}

std::string_view fact_kind(std::string_view property) {
  if (property == "p-name") return "name";
  if (property == "p-note") return "text";
  if (property == "p-org" || property == "p-job-title" || property == "p-role") return "work";
  if (property == "p-locality" || property == "p-region" || property == "p-country-name")
    return "place";
  return {};
}

class CardReader {
 public:
  explicit CardReader(std::string_view url) : url_(url) {}

  void walk(const GumboNode* root) {
    open(root);
    while (!path_.empty()) {
      Open& here = path_.back();
      const bool document = here.node->type == GUMBO_NODE_DOCUMENT;
      const GumboVector& children =
          document ? here.node->v.document.children : here.node->v.element.children;
      if (here.next == children.length) {
        close();
        continue;
      }
      open(static_cast<const GumboNode*>(children.data[here.next++]));
    }
  }

  std::vector<ProfileFact> chosen() {
    const auto page =
        std::find_if(cards_.begin(), cards_.end(), [](const Card& card) { return card.is_page; });
    if (page == cards_.end() && cards_.size() != 1) return {};
    Card& card = page == cards_.end() ? cards_.front() : *page;
    const bool named = std::any_of(card.facts.begin(), card.facts.end(),
                                   [](const ProfileFact& fact) { return fact.kind == "name"; });
    if (!named) keep(card, "name", shorten(fold_space(card.text), 80));
    return std::move(card.facts);
  }

 private:
  static void keep(Card& card, std::string_view kind, std::string value) {
    if (!value.empty() && card.facts.size() < 50)
      card.facts.push_back({std::string(kind), "", std::move(value), "h-card", false});
  }

  void open(const GumboNode* node) {
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) {
      if (!path_.empty() && path_.back().text.size() < kMostText)
        path_.back().text += node->v.text.text;
      return;
    }
    if (node->type == GUMBO_NODE_DOCUMENT) return path_.push_back({node, 0, -1, {}, {}});
    if (node->type != GUMBO_NODE_ELEMENT) return;
    const GumboElement& element = node->v.element;
    if (is_hidden(gumbo_normalized_tagname(element.tag))) return;
    Open next{node, 0, path_.empty() ? -1 : path_.back().card, {}, {}};
    mark(element, next);
    path_.push_back(std::move(next));
  }

  void mark(const GumboElement& element, Open& next) {
    const std::string classes = fold_space(attribute(element, "class"));
    const auto words = split(classes, ' ');
    const int outer = next.card;
    for (const std::string_view word : words) {
      if (outer >= 0 && !fact_kind(word).empty()) next.kinds.emplace_back(word);
      if (outer >= 0 && word == "u-url") link(element, cards_[static_cast<std::size_t>(outer)]);
    }
    if (std::find(words.begin(), words.end(), "h-card") == words.end()) {
      // Another microformat has properties of its own.
      for (const std::string_view word : words)
        if (word.substr(0, 2) == "h-") next.card = -1;
      return;
    }
    if (outer >= 0 || cards_.size() >= 100) {
      next.card = -1;  // a card in a card speaks of the firm
      return;
    }
    next.card = static_cast<int>(cards_.size());
    cards_.emplace_back();
    if (std::find(words.begin(), words.end(), "u-url") != words.end() ||
        gumbo_get_attribute(&element.attributes, "href") != nullptr)
      link(element, cards_.back());
  }

  void link(const GumboElement& element, Card& card) {
    const std::string address = resolve_url(url_, attribute(element, "href"));
    if (!is_web_url(address)) return;
    card.is_page = card.is_page || same_page(address, url_);
    keep(card, "link", address);
  }

  void close() {
    Open done = std::move(path_.back());
    path_.pop_back();
    if (!path_.empty() && path_.back().text.size() < kMostText) path_.back().text += done.text;
    const int card = path_.empty() ? -1 : path_.back().card;
    for (const std::string& kind : done.kinds)
      if (card >= 0)
        keep(cards_[static_cast<std::size_t>(card)], fact_kind(kind),
             shorten(fold_space(clean_utf8(done.text)), 500));
    if (done.card >= 0 && done.card != card)
      cards_[static_cast<std::size_t>(done.card)].text = clean_utf8(done.text);
  }

  static constexpr std::size_t kMostText = 16 << 10;

  std::string url_;
  std::vector<Card> cards_;
  std::vector<Open> path_;
};

}  // namespace

std::vector<ProfileFact> representative_h_card(std::string_view html, std::string_view url) {
  if (html.find("h-card") == std::string_view::npos || !is_tame(html)) return {};
  std::string cleaned;
  if (!is_utf8(html) || html.find('\0') != std::string_view::npos) {
    cleaned = clean_utf8(html);
    html = cleaned;
  }
  GumboOptions options = kGumboDefaultOptions;
  options.max_errors = 0;
  const auto destroy = [&options](GumboOutput* output) { gumbo_destroy_output(&options, output); };
  const std::unique_ptr<GumboOutput, decltype(destroy)> parsed(
      gumbo_parse_with_options(&options, html.data(), html.size()), destroy);
  if (parsed == nullptr) return {};
  CardReader reader(url);
  reader.walk(parsed->document);
  return reader.chosen();
}

}  // namespace plumbline
