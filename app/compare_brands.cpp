#include "app/compare_brands.h"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "app/search_nodes.h"
#include "base/text.h"
#include "base/words.h"
#include "nlp/comparisons.h"

namespace plumbline {
namespace {

constexpr int kMostNamingBoth = 20000;

// Any word that may name the brand or one of its products: the longest word of each name.
std::vector<std::string> naming_words(const BrandTerms& terms) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& name) {
    std::string_view longest;
    for (const std::string_view word : split(name, ' '))
      if (word.size() > longest.size()) longest = word;
    if (!longest.empty()) out.emplace_back(longest);
  };
  add(terms.name);
  std::ranges::for_each(terms.aliases, add);
  std::ranges::for_each(terms.products, add);
  return out;
}

// What a text says of each brand that it names.
struct Side {
  Span first;                     // where it is named first
  std::optional<Polarity> label;  // of its side of a comparison
  std::optional<Span> compared;   // where that stands
};

std::map<std::string, Side> sides_of(const Workspace& workspace, const Document& document,
                                     const Analysis& analysis) {
  Prepared text;
  prepare(document.text, text);
  std::vector<EntityFinding> found;
  workspace.brand_words->find(text, document.lang, found);
  std::map<std::string, Side> out;
  std::vector<Compared> compared;
  bool asked = false;
  for (const EntityFinding& each : found) {
    if (each.probability < 0.5F) continue;
    const std::string& brand = each.kind == EntityKind::brand ? each.name : each.brand;
    Side& side = out.try_emplace(brand, Side{each.span, {}, {}}).first->second;
    if (!asked) compared = workspace.analyzer->compared(document, analysis);
    asked = true;
    for (const Compared& one : compared) {
      if (!overlap(one.name, each.span) || side.label) continue;
      side.label = one.label;
      side.compared = one.name;
    }
  }
  return out;
}

// The sentence around a place.
Span sentence_of(std::string_view text, Span place) {
  std::vector<Piece> sentences;
  split_sentences(text, sentences);
  for (const Piece& each : sentences)
    if (each.begin <= place.begin && place.begin < each.end) return {each.begin, each.end};
  return {};
}

// Where only one of the two is compared by name ("better than Y"), the other is what it is compared
// with, unless a third brand is.
ComparisonHit hit_of(const Side& own, const Side& other, bool third_compared,
                     std::string_view text) {
  ComparisonHit hit;
  const auto turned = [](Polarity label) {
    return static_cast<Polarity>(-static_cast<int>(label));
  };
  if (own.label && other.label)
    hit.own = *own.label == turned(*other.label) ? *own.label : Polarity::neutral;
  else if (own.label && !third_compared)
    hit.own = *own.label;
  else if (other.label && !third_compared)
    hit.own = turned(*other.label);
  const std::optional<Span> at = own.label ? own.compared : other.compared;
  hit.span = sentence_of(text, at.value_or(own.first));
  return hit;
}

}  // namespace

Result<std::vector<ComparisonHit>> comparison_hits(const Workspace& workspace,
                                                   const MentionTable& table,
                                                   const std::string& brand) {
  std::vector<ComparisonHit> hits;
  const std::vector<BrandTerms> terms = brand_terms(workspace.config);
  const auto own = std::ranges::find(terms, brand, &BrandTerms::name);
  if (own == terms.end() || terms.size() < 2) return hits;
  std::vector<std::string> others;
  for (const BrandTerms& each : terms)
    if (&each != &*own) std::ranges::move(naming_words(each), std::back_inserter(others));
  std::unordered_map<std::int64_t, std::uint32_t> index;
  for (std::uint32_t i = 0; i < table.rows.size(); ++i) index.emplace(table.rows[i].id, i);
  SearchNode both;
  both.kind = SearchNode::Kind::both;
  both.children = {any_of(naming_words(*own)), any_of(others)};
  for (const StoredDocument& stored :
       PLUMBLINE_TRY(workspace.store->search(both, kMostNamingBoth))) {
    const auto row = index.find(stored.row);
    if (row == index.end()) continue;
    const std::map<std::string, Side> sides = sides_of(workspace, stored.document, stored.analysis);
    const auto mine = sides.find(brand);
    if (mine == sides.end()) continue;
    for (const auto& [name, side] : sides) {
      if (name == brand) continue;
      const bool third = std::ranges::any_of(sides, [&](const auto& each) {
        return each.first != brand && each.first != name && each.second.label.has_value();
      });
      ComparisonHit hit = hit_of(mine->second, side, third, stored.document.text);
      hit.rival = name;
      hit.row = row->second;
      hits.push_back(std::move(hit));
    }
  }
  std::ranges::stable_sort(hits, {}, &ComparisonHit::row);
  return hits;
}

bool is_only_measure(const Workspace& workspace, const Document& document, const Analysis& analysis,
                     const std::string& rival) {
  const Polarity mood = analysis.sentiment.label;
  if (!analysis.scored || mood == Polarity::neutral) return false;
  const auto sides = sides_of(workspace, document, analysis);
  const auto side = sides.find(rival);
  return sides.size() == 1 && side != sides.end() && side->second.label &&
         *side->second.label != Polarity::neutral && *side->second.label != mood;
}

}  // namespace plumbline
