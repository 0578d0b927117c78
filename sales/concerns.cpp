#include "sales/concerns.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "base/words.h"
#include "sales/evidence.h"

namespace plumbline {
namespace {

constexpr float kClear = 0.35F;  // from this score on a text clearly feels one way
constexpr int kMostTalk = 40;  // texts with talk of money or worth that are looked at, newest first

bool is_one_sentence(std::string_view text) {
  const Span first = sentence_around(text, {0, 1});
  return trim(text.substr(first.end)).empty();
}

class Collector {
 public:
  Collector(const Material& material, const BriefInput& input)
      : material_(material),
        input_(input),
        now_(input.now != kNoTime ? input.now : material.newest) {}

  Concerns collect() {
    for (std::size_t i = 0; i < material_.items.size(); ++i) {
      const Item& item = material_.items[i];
      withheld_here_.clear();
      if ((item.cues & kCueSpecial) != 0 && item.special_frame) {
        ++out_.withheld;
        continue;
      }
      statements(i);
      aspects(i);
      talk(i);
      if ((item.cues & kCueSpecial) != 0)
        out_.withheld += std::max<std::int64_t>(1, std::ssize(withheld_here_));
    }
    sort_by_score();
    return std::move(out_);
  }

 private:
  // Through indexes, since remarks are wide; equal scores keep their order.
  void sort_by_score() {
    std::vector<std::pair<double, std::size_t>> order;
    order.reserve(out_.remarks.size());
    for (std::size_t i = 0; i < out_.remarks.size(); ++i)
      order.emplace_back(-out_.remarks[i].score, i);
    std::sort(order.begin(), order.end());
    std::vector<Remark> sorted;
    sorted.reserve(order.size());
    for (const auto& [score, i] : order) sorted.push_back(out_.remarks[i]);
    out_.remarks = std::move(sorted);
  }

  void statements(std::size_t index) {
    const OwnDocument& own = *material_.items[index].own;
    for (const StatementSpan& statement : own.analysis.statements) {
      Remark remark;
      remark.item = index;
      remark.span = statement.whole();
      remark.kind = name_of(statement.kind);
      remark.theme = statement.topic;
      if (statement.kind == StatementKind::pain || statement.kind == StatementKind::fear ||
          statement.kind == StatementKind::risk)
        remark.tone = Polarity::negative;
      if (statement.kind == StatementKind::praise && own.analysis.is_doubtful())
        remark.kind = "remark";  // may be meant ironically: quoted, not called praise
      else if (statement.kind == StatementKind::praise)
        remark.tone = Polarity::positive;
      add(remark);
    }
  }

  // Praise and blame are said aloud in front of the person, so a clause's colour counts only where
  // the whole text clearly feels that way; else the theme is quoted without a judgement.
  static bool feels(const Sentiment& whole, Polarity label) {
    return label != Polarity::neutral && whole.label == label && std::fabs(whole.score) >= kClear;
  }

  // A pain, fear or risk that the person states there in so many words.
  static bool says_so(const OwnDocument& own, Span span) {
    return std::any_of(own.analysis.statements.begin(), own.analysis.statements.end(),
                       [&](const StatementSpan& s) {
                         const bool bad = s.kind == StatementKind::pain ||
                                          s.kind == StatementKind::fear ||
                                          s.kind == StatementKind::risk;
                         return bad && overlap(s.span, span);
                       });
  }

  void aspects(std::size_t index) {
    const OwnDocument& own = *material_.items[index].own;
    for (const AspectFinding& aspect : own.analysis.aspects) {
      Remark remark;
      remark.item = index;
      remark.span = sentence_around(own.document.text, aspect.span);
      remark.kind = aspect.label == Polarity::neutral    ? "remark"
                    : aspect.label == Polarity::positive ? "praise"
                                                         : "pain";
      remark.theme = aspect.aspect;
      remark.tone = aspect.label;
      if (own.analysis.is_doubtful() && aspect.label == Polarity::positive) {
        remark.kind = "remark";
        remark.tone = Polarity::neutral;
      }
      remark.sure = feels(own.analysis.sentiment, aspect.label);
      if (aspect.label == Polarity::negative && says_so(own, remark.span)) continue;
      add(remark);
    }
  }

  void talk(std::size_t index) {
    const OwnDocument& own = *material_.items[index].own;
    for (const bool price : {true, false}) {
      if ((price ? own.analysis.price_talk : own.analysis.value_talk) < 0.5F) continue;
      if (++(price ? price_texts_ : value_texts_) > kMostTalk) continue;
      Remark remark;
      remark.item = index;
      remark.span = find_sentence(own.document.text, price ? kCuePrice : kCueValue);
      remark.kind = price ? "price" : "value";
      // Where our words for it fail, a text of one sentence is that sentence; of many we cannot
      // tell.
      if (remark.span.end == 0 && is_one_sentence(own.document.text))
        remark.span = find_sentence(own.document.text, 0);
      if (remark.span.end != 0) add(remark);
    }
  }

  void add(Remark remark) {
    const Item& item = material_.items[remark.item];
    const std::string_view text = item.own->document.text;
    remark.span = clamp_span(text, remark.span);
    if (remark.span.begin == remark.span.end) return;
    const Span sentence = sentence_around(text, remark.span);
    remark.core = remark.span;
    if (remark.span = quotable_span(text, remark.core); remark.span.begin == remark.span.end)
      return;
    if ((item.cues & kCueSpecial) != 0 &&
        (sales_lexicon().find(slice(text, sentence)) & kCueSpecial) != 0) {
      if (std::find(withheld_here_.begin(), withheld_here_.end(), sentence) == withheld_here_.end())
        withheld_here_.push_back(sentence);
      return;
    }
    if ((item.cues & kCueDenial) != 0)
      remark.denied = (sales_lexicon().find(slice(text, remark.span)) & kCueDenial) != 0;
    remark.side = item.side;
    remark.rival = item.rival;
    if (item.names_several) {
      std::string_view rival;
      const Side named = side_of(slice(text, sentence), input_, rival);
      if (named != Side::nobody) {
        remark.side = named;
        remark.rival = rival;
      }
    }
    remark.on_us = remark.side == Side::us && (names_us_near(text, remark.core, input_) ||
                                               (is_theme(remark.theme) && !item.names_rival));
    remark.score = score(remark, item);
    out_.remarks.push_back(remark);
  }

  static int count_blanks(std::string_view text) {
    return static_cast<int>(std::count(text.begin(), text.end(), ' '));
  }

  double score(const Remark& remark, const Item& item) const {
    const Seconds at = item.own->document.published_at;
    double score = 0.1;
    if (at != kNoTime && now_ != kNoTime)
      score =
          std::exp2(-static_cast<double>(std::max<Seconds>(0, now_ - at)) / kSecondsPerDay / 180);
    const int blanks = count_blanks(slice(item.own->document.text, remark.span));
    if (is_theme(remark.theme)) score *= remark.sure ? 1.3 : 0.7;
    if (remark.side != Side::nobody) score *= 1.2;
    if (blanks > 40) score *= 0.6;
    const bool money = remark.kind == "cost" || remark.kind == "price" || remark.theme == "price";
    if (input_.cost_pressure && money) score *= 1.5;
    return score * item.identity;
  }

  const Material& material_;
  const BriefInput& input_;
  Seconds now_;
  Concerns out_;
  std::vector<Span> withheld_here_;  // sentences of the text in hand, each counted once
  int price_texts_ = 0, value_texts_ = 0;
};

// Words of five letters and more, folded: what two texts must share to be about the same.
std::vector<std::string> content_words(std::string_view text) {
  std::vector<Piece> pieces;
  split_words(text, pieces);
  std::vector<std::string> words;
  for (const Piece& piece : pieces)
    if (piece.end - piece.begin >= 5)
      words.push_back(fold_word_plain(text.substr(piece.begin, piece.end - piece.begin)));
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::size_t shared_words(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return static_cast<std::size_t>(std::count_if(a.begin(), a.end(), [&](const std::string& word) {
    return std::binary_search(b.begin(), b.end(), word);
  }));
}

// Parts of one sentence, or stretches that overlap.
bool is_one_saying(const Material& material, const Remark& a, const Remark& b) {
  if (a.item != b.item) return false;
  const std::string_view text = material.items[a.item].own->document.text;
  return overlap(sentence_around(text, a.span), sentence_around(text, b.span));
}

std::string with_proof(const Claim& claim) {
  const std::string text = shorten(claim.text, 90);
  if (trim(claim.proof).empty()) return fmt::format("\"{}\" (no proof on file)", text);
  return fmt::format("\"{}\" Proof: {}", text, shorten(claim.proof, 90));
}

}  // namespace

bool is_theme(std::string_view topic) {
  return topic == "price" || topic == "quality" || topic == "reliability" || topic == "ease" ||
         topic == "people" ||
         std::find(std::begin(kCostThemes), std::end(kCostThemes), topic) != std::end(kCostThemes);
}

std::string_view theme_in_words(std::string_view theme) {
  if (theme == "setup") return "set-up";
  if (theme == "running") return "running cost";
  if (theme == "ease") return "ease of use";
  return theme;
}

Concerns collect_concerns(const Material& material, const BriefInput& input) {
  return Collector(material, input).collect();
}

std::vector<std::pair<std::size_t, std::size_t>> find_opposing(const Material& material,
                                                               const Concerns& concerns,
                                                               std::size_t most) {
  // The best remark on each side of each question; the key tells brands apart, since liking one and
  // disliking another is no contradiction.
  std::map<std::string, std::pair<std::size_t, std::size_t>> sides;
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < concerns.remarks.size(); ++i) {
    const Remark& remark = concerns.remarks[i];
    const bool wish = remark.kind == "want" || remark.kind == "need";
    bool first = false;
    if (wish && !remark.theme.empty())
      first = !remark.denied;
    else if (remark.tone != Polarity::neutral && is_theme(remark.theme) &&
             (remark.kind == "praise" || remark.kind == "pain"))
      first = remark.tone == Polarity::positive;
    else
      continue;
    const std::string key = fmt::format("{}\n{}\n{}\n{}", wish, remark.theme,
                                        static_cast<int>(remark.side), remark.rival);
    auto& [left, right] = sides.try_emplace(key, kNone, kNone).first->second;
    std::size_t& mine = first ? left : right;
    if (mine != kNone) continue;
    mine = i;
    if (left == kNone || right == kNone) continue;
    const Remark &a = concerns.remarks[left], &b = concerns.remarks[right];
    if ((!a.sure && !b.sure) || is_one_saying(material, a, b)) {
      mine = kNone;  // a later remark may oppose it
      continue;
    }
    const bool in_order = a.item > b.item || (a.item == b.item && a.span.begin < b.span.begin);
    pairs.emplace_back(in_order ? left : right, in_order ? right : left);
    if (pairs.size() == most) break;
  }
  return pairs;
}

std::string answer_to(std::string_view theme, std::string_view quote,
                      std::span<const Claim> claims) {
  for (const Claim& claim : claims)
    if (!theme.empty() &&
        std::find(claim.answers.begin(), claim.answers.end(), theme) != claim.answers.end())
      return with_proof(claim);
  const std::vector<std::string> said = content_words(quote);
  const Claim* best = nullptr;
  std::size_t most = 0;
  for (const Claim& claim : claims) {
    std::string all = claim.text;
    for (const std::string& other : claim.words) all += " " + other;
    const std::size_t shared = shared_words(said, content_words(all));
    if (shared > most) {
      most = shared;
      best = &claim;
    }
  }
  return best != nullptr ? with_proof(*best) : "no proof on file";
}

Span find_sentence(std::string_view text, std::uint32_t cues, Match match) {
  for (std::size_t at = 0; at < text.size();) {
    const auto offset = static_cast<std::uint32_t>(at);
    const Span sentence = sentence_around(text, {offset, offset + 1});
    if (sentence.end <= at) {
      ++at;
      continue;
    }
    const std::uint32_t found = sales_lexicon().find(slice(text, sentence));
    const bool fits = match == Match::all ? (found & cues) == cues : (found & cues) != 0;
    if ((found & kCueSpecial) == 0 && (cues == 0 || fits)) return sentence;
    at = sentence.end;
  }
  return {};
}

}  // namespace plumbline
