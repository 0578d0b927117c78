#include "app/claim_hits.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

#include "app/search_nodes.h"
#include "base/text.h"
#include "base/words.h"
#include "nlp/claim_terms.h"
#include "nlp/pattern_file.h"
#include "nlp/resonance.h"

namespace plumbline {
namespace {

constexpr int kMostCandidates = 20000;
constexpr float kPlainlySad = -0.6F, kPlainlyGlad = 0.35F;  // scores of a sentence and the next

SearchNode in_field(std::string field, std::string value) {
  SearchNode node;
  node.kind = SearchNode::Kind::field;
  node.field = std::move(field);
  node.text = std::move(value);
  return node;
}

// What a sentence is about; units of time beside no number are no matter.
void matter_of(std::string_view sentence, std::set<std::string>& names) {
  static const std::set<std::string> kUnits = {"minut", "hour", "hr",   "day",   "week", "month",
                                               "year",  "one",  "tag",  "stund", "woch", "monat",
                                               "jahr",  "dia",  "hora", "seman"};
  Prepared text;
  prepare(sentence, text);
  std::vector<ClaimTerm> terms;
  claim_terms(text, 0, static_cast<std::uint32_t>(text.words.size()), terms);
  for (const ClaimTerm& term : terms)
    if (term.kind == ClaimTerm::Kind::content && kUnits.count(term.name) == 0)
      names.insert(term.name);
}

// The sentence of `span` from its beginning, and with the one after it.
struct Around {
  Span sentence, both;
};
Around around(std::string_view text, const Span& span) {
  std::vector<Piece> sentences;
  split_sentences(text, sentences);
  Around out{span, span};
  for (const Piece& sentence : sentences) {
    if (sentence.begin < span.begin && sentence.end > span.begin)
      out.sentence.begin = sentence.begin;
    if (sentence.begin < span.end) continue;
    out.both.end = sentence.end;
    break;
  }
  out.both.begin = out.sentence.begin;
  return out;
}

std::string_view part_of(std::string_view text, const Span& span) {
  return text.substr(span.begin, span.end - span.begin);
}

// Turns of phrase with a "not" that denies nothing, as blanks, so that every place stays.
Document without_idioms(Document document) {
  constexpr std::string_view kIdioms[] = {
      "believe it or not",           "not to mention", "not only", "no kidding",
      "ob man es glaubt oder nicht", "lo creas o no"};
  const std::string low = ascii_lower(document.text);
  for (const std::string_view idiom : kIdioms)
    for (std::size_t at = low.find(idiom); at != std::string::npos; at = low.find(idiom, at + 1))
      document.text.replace(at, idiom.size(), idiom.size(), ' ');
  return document;
}

// Whether the analysis found the sentence to be about what the claim answers.
bool is_about(const Claim& claim, const Analysis& analysis, const Span& sentence) {
  return std::any_of(
      analysis.aspects.begin(), analysis.aspects.end(), [&](const AspectFinding& aspect) {
        return aspect.span.begin >= sentence.begin && aspect.span.end <= sentence.end &&
               std::find(claim.answers.begin(), claim.answers.end(), aspect.aspect) !=
                   claim.answers.end();
      });
}

Sentiment mood_of(const Analyzer& analyzer, const Document& whole, std::string_view part) {
  Document document;
  document.text = part;
  document.lang = whole.lang;
  const Analysis analysis = analyzer.analyze(document);
  return analysis.scored ? analysis.sentiment : Sentiment();
}

struct Read {
  const Analyzer& analyzer;
  const StoredDocument& stored;
};

// A match as it counts; false where it does not.
bool settle(const Claim& claim, const ClaimMatter& matter, const Read& read, ClaimHit& hit) {
  const StoredDocument& stored = read.stored;
  const std::string_view text = stored.document.text;
  if (!matter.is_in(part_of(text, hit.span)) && !is_about(claim, stored.analysis, hit.span))
    return false;
  const auto [sentence, both] = around(text, hit.span);
  const Sentiment mood = mood_of(read.analyzer, stored.document, part_of(text, both));
  // Who is glad of it says no opposite.
  if (hit.contradicts && mood.score >= kPlainlyGlad) return false;
  hit.quotable = hit.contradicts || mood.score > kPlainlySad;
  // A question that is answered at once is quoted with its answer.
  hit.span = trim(part_of(text, sentence)).ends_with('?') ? both : sentence;
  return true;
}

}  // namespace

ClaimMatter::ClaimMatter(const Claim& claim) {
  matter_of(claim.text, names_);
  for (const std::string& wording : claim.words) matter_of(wording, names_);
  // What is delivered was ordered, came, and lies at the door.
  if (names_.count("deliver") > 0)
    for (const std::string_view kin : {"order", "ordered", "parcel", "package", "door", "bestellt",
                                       "Paket", "pedido", "pedí", "came"})
      matter_of(kin, names_);
  if (is_unspaced(claim.text)) unspaced_.push_back(claim.text);
  for (const std::string& wording : claim.words)
    if (is_unspaced(wording)) unspaced_.push_back(wording);
}

bool ClaimMatter::is_in(std::string_view sentence) const {
  if (names_.empty()) return true;
  if (std::any_of(unspaced_.begin(), unspaced_.end(),
                  [&](const std::string& wording) { return contains(sentence, trim(wording)); }))
    return true;
  std::set<std::string> said;
  matter_of(sentence, said);
  return std::any_of(said.begin(), said.end(),
                     [&](const std::string& name) { return names_.count(name) > 0; });
}

Result<std::vector<ClaimHit>> claim_hits(const Workspace& workspace, const MentionTable& table,
                                         const std::string& brand) {
  std::vector<ClaimHit> hits;
  const std::vector<Claim>& claims = workspace.config.claims;
  const ClaimMatcher matcher(claims);
  std::unordered_map<std::int64_t, std::uint32_t> index;
  for (std::uint32_t i = 0; i < table.rows.size(); ++i) index.emplace(table.rows[i].id, i);
  for (std::size_t claim = 0; claim < claims.size(); ++claim) {
    const auto& words = matcher.words(static_cast<int>(claim));
    if (words.empty()) continue;
    const ClaimMatter matter(claims[claim]);
    SearchNode both;
    both.kind = SearchNode::Kind::both;
    both.children = {any_of(words), in_field("brand", brand)};
    for (const StoredDocument& stored :
         PLUMBLINE_TRY(workspace.store->search(both, kMostCandidates))) {
      const auto row = index.find(stored.row);
      if (row == index.end()) continue;
      for (const Resonance& found :
           matcher.match(without_idioms(stored.document), stored.analysis)) {
        ClaimHit hit = {row->second, found.claim, found.strength, found.contradicts, found.span};
        if (found.claim == static_cast<int>(claim) &&
            settle(claims[claim], matter, {*workspace.analyzer, stored}, hit))
          hits.push_back(hit);
      }
    }
  }
  return hits;
}

}  // namespace plumbline
