#include "nlp/statement_bounds.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace plumbline {
namespace {

// On 387 real statements by hand (the open half), of which none is lost at these.
constexpr float kBlamed = 0.6F, kPraised = 0.8F;  // from here on the words speak against it
constexpr float kTurned = 0.75F;                  // and say the contrary
constexpr float kSaysSo = 0.5F;                   // a part says so at all
constexpr float kClearly = 0.2F;                  // more than the other of two
constexpr std::size_t kFewestOfPart = 2;          // of a part by itself

// So many that begin before the end of one are asked whether they overlap it: a sentence of more is
// no sentence, and a text of a megabyte has thousands.
constexpr int kAsked = 64;

// Whether one of `all`, which are by begin, overlaps `span` and fits.
template <class Fits>
bool any_over(const std::vector<StatementSpan>& all, Span span, const Fits& fits) {
  const auto begin = [](const StatementSpan& each) { return each.span.begin; };
  auto at = std::ranges::lower_bound(all, span.end, {}, begin);
  for (int n = 0; n < kAsked && at != all.begin(); ++n) {
    --at;
    if (overlap(at->span, span) && fits(*at)) return true;
  }
  return false;
}

void sort_statements(std::vector<StatementSpan>& statements) {
  std::ranges::stable_sort(statements, {},
                           [](const StatementSpan& each) { return each.span.begin; });
}

bool has_mood(StatementKind kind) {
  return kind == StatementKind::praise || kind == StatementKind::pain;
}

// Without signs and blanks at its edges; a question keeps its mark.
Span without_signs(std::string_view text, Span span) {
  constexpr std::string_view kBefore = " \t\r\n.,;:!?)]}\"'-", kAfter = " \t\r\n,;:([{\"-";
  while (span.begin < span.end && kBefore.find(text[span.begin]) != kBefore.npos) ++span.begin;
  while (span.begin < span.end && kAfter.find(text[span.end - 1]) != kAfter.npos) --span.end;
  return span;
}

class Settler {
 public:
  Settler(const Settling& how, const PlainWords& words, AnalyzerScratch& own)
      : by_(how.by), turns_(how.against == Against::turns), text_(words.text), own_(own) {
    how.part.sayings.find(words, sayings_);
  }

  void settle(std::vector<StatementSpan>& statements) {
    std::vector<StatementSpan> sentences, out;
    for (const StatementSpan& each : statements) cut_at_sentences(each, sentences);
    for (const StatementSpan& each : sentences) cut_at_contrasts(each, out);
    sort_statements(out);
    for (StatementSpan& each : out)
      if (has_mood(each.kind)) weigh(each, out);
    std::erase_if(out, [](const StatementSpan& each) { return each.span.begin == each.span.end; });
    statements = std::move(out);
  }

 private:
  struct Part {
    Span span;
    std::size_t words = 0;
    Sentiment mood;
  };

  Sentiment mood_of(Span span) {
    return shifted(part_mood(by_, words_within(text_, span), own_), shift_of(sayings_in(span), 1));
  }

  // They are by begin and lie apart.
  std::vector<Saying> sayings_in(Span span) const {
    const auto end = [](const Saying& each) { return each.span.end; };
    std::vector<Saying> out;
    for (auto at = std::ranges::upper_bound(sayings_, span.begin, {}, end);
         at != sayings_.end() && at->span.begin < span.end; ++at)
      out.push_back(*at);
    return out;
  }

  // What words part in it before which `begins` is true, each with its mood.
  template <class Begins>
  std::vector<Part> parts_of(Span span, const Begins& begins) {
    std::vector<Part> out;
    const TextPart whole = words_within(text_, span);
    for (std::size_t i = whole.first; i < whole.last; ++i) {
      const Span& word = text_.words[i].span;
      if (out.empty() || begins(i)) out.push_back({word, 0, {}});
      out.back().span.end = i + 1 == whole.last ? std::max(span.end, word.end) : word.end;
      ++out.back().words;
    }
    if (out.size() > 1)
      for (Part& each : out) each.mood = mood_of(each.span);
    return out;
  }

  static float share_of(const Sentiment& mood, bool praise) {
    return praise ? mood.positive : mood.negative;
  }

  void put(StatementSpan statement, Span span, std::vector<StatementSpan>& out) const {
    statement.span = without_signs(text_.text, span);
    if (statement.span.begin < statement.span.end) out.push_back(std::move(statement));
  }

  // Each sentence that says the same; of what has no mood the longest.
  void cut_at_sentences(const StatementSpan& statement, std::vector<StatementSpan>& out) {
    const std::vector<Part> parts = parts_of(statement.span, [&](std::size_t word) {
      return text_.words[word].sentence != text_.words[word - 1].sentence;
    });
    if (parts.size() < 2) return put(statement, statement.span, out);
    const bool praise = statement.kind == StatementKind::praise;
    const auto side = [&](const Part& part) { return share_of(part.mood, praise); };
    const auto says = [&](const Part& part) {
      return part.words >= kFewestOfPart && side(part) >= kSaysSo;
    };
    const bool any = has_mood(statement.kind) && std::ranges::any_of(parts, says);
    if (any) {
      for (const Part& part : parts)
        if (says(part)) put(statement, part.span, out);
      return;
    }
    const auto likeliest = [&](const Part& part) {
      return side(part) + (part.words >= kFewestOfPart ? 1.0F : 0.0F);
    };
    const auto best = has_mood(statement.kind) ? std::ranges::max_element(parts, {}, likeliest)
                                               : std::ranges::max_element(parts, {}, &Part::words);
    put(statement, best->span, out);
  }

  // Without the parts at its ends that say the contrary, where another says so.
  void cut_at_contrasts(const StatementSpan& statement, std::vector<StatementSpan>& out) {
    if (!has_mood(statement.kind)) return put(statement, statement.span, out);
    std::vector<Part> parts = parts_of(statement.span, [&](std::size_t word) {
      const WordRule* const rule = by_.lexicon.rule_of(text_.words[word].folded);
      return rule != nullptr && rule->contrast && text_.words[word].folded != "が";
    });
    const bool praise = statement.kind == StatementKind::praise;
    const auto says = [&](const Part& part) { return share_of(part.mood, praise) >= kSaysSo; };
    const auto contrary = [&](const Part& part) { return share_of(part.mood, !praise) >= kSaysSo; };
    if (parts.size() < 2 || std::ranges::none_of(parts, says))
      return put(statement, statement.span, out);
    while (contrary(parts.back())) parts.pop_back();
    const auto first = std::ranges::find_if_not(parts, contrary);
    put(statement, {first->span.begin, parts.back().span.end}, out);
  }

  // Whether a negator stands in it that no saying explains: "I have never had such good service".
  bool is_turned(Span span) const {
    if (!sayings_in(span).empty()) return false;
    const TextPart part = words_within(text_, span);
    for (std::size_t i = part.first; i < part.last; ++i) {
      const std::string_view word = text_.words[i].folded;
      const WordRule* const rule = by_.lexicon.rule_of(word);
      if ((rule != nullptr && rule->negates) || word.ends_with("n't")) return true;
    }
    return false;
  }

  // Empties what its words speak against, or turns it to the contrary.
  void weigh(StatementSpan& statement, const std::vector<StatementSpan>& all) {
    const Sentiment mood = mood_of(statement.span);
    const bool praise = statement.kind == StatementKind::praise;
    const float against = share_of(mood, !praise);
    const StatementKind contrary = praise ? StatementKind::pain : StatementKind::praise;
    // Of the same words said to be both, the likelier stays.
    const bool both = any_over(all, statement.span, [&](const StatementSpan& each) {
      return each.kind == contrary && each.span == statement.span;
    });
    if (both && against >= share_of(mood, praise) + kClearly) {
      statement.span.end = statement.span.begin;
      return;
    }
    if (against < (praise ? kBlamed : kPraised) || is_turned(statement.span)) return;
    const bool there = any_over(all, statement.span,
                                [&](const StatementSpan& each) { return each.kind == contrary; });
    if (there || !turns_ || against < kTurned)
      statement.span.end = statement.span.begin;
    else
      statement.kind = contrary;
  }

  const Judge& by_;
  const bool turns_;
  const Prepared& text_;
  AnalyzerScratch& own_;
  std::vector<Saying> sayings_;
};

}  // namespace

void settle_statements(const Settling& how, const PlainWords& words, AnalyzerScratch& own,
                       std::vector<StatementSpan>& statements) {
  if (!statements.empty()) Settler(how, words, own).settle(statements);
}

namespace {

// "I don't need a discount, I need a pump" denies a part.
bool covers_most(Span denied, Span statement) {
  const auto begin = std::max(denied.begin, statement.begin);
  const auto end = std::min(denied.end, statement.end);
  return end > begin && 3 * (end - begin) > 2 * (statement.end - statement.begin);
}

}  // namespace

void hear_plain_words(const LanguagePart& part, const PlainWords& words, const Sentiment& mood,
                      std::vector<StatementSpan>& statements) {
  if (part.has_cues) return;
  CueFindings found;
  const auto any_found = [&found](Span span, const auto& fits) {
    return any_over(found.statements, span, fits);
  };
  if (!statements.empty()) {
    part.denied.find_statements(words, found);
    std::erase_if(statements, [&](const StatementSpan& each) {
      return any_found(each.span, [&](const StatementSpan& denied) {
        return denied.kind == each.kind && covers_most(denied.span, each.span);
      });
    });
  }
  part.sure.find_statements(words, found);
  if (found.statements.empty()) return;
  // "We will order ten if you deliver" promises nothing.
  std::erase_if(statements, [&](const StatementSpan& each) {
    return each.kind == StatementKind::promise &&
           any_found(each.span, [](const StatementSpan& other) {
             return other.kind == StatementKind::buying;
           });
  });
  std::vector<StatementSpan> fresh;
  for (StatementSpan& each : found.statements) {
    if (each.kind == StatementKind::switching && mood.label == Polarity::positive) continue;
    const auto same = [&](const StatementSpan& other) { return other.kind == each.kind; };
    if (!any_over(statements, each.span, same) && !any_over(fresh, each.span, same))
      fresh.push_back(std::move(each));
  }
  statements.insert(statements.end(), std::make_move_iterator(fresh.begin()),
                    std::make_move_iterator(fresh.end()));
  sort_statements(statements);
}

}  // namespace plumbline
