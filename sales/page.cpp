#include "sales/page.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "sales/evidence.h"
#include "sales/render/layout.h"

namespace plumbline {
namespace {

constexpr Section kOrder[] = {Section::why_now,     Section::goal,       Section::words,
                              Section::money,       Section::risks,      Section::experience,
                              Section::us_and_them, Section::do_not_say, Section::context};

bool fits(const Brief& brief) {
  const std::vector<std::string> lines = text_lines(brief);
  int words = 0;
  for (const std::string& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i)
      if (line[i] != ' ' && (i == 0 || line[i - 1] == ' ')) ++words;
  return words <= kMostPageWords && lines.size() <= kMostPageLines;
}

// What was shown of each document so far, so that nothing is quoted twice on one page.
class Quoter {
 public:
  Quoter(const BriefInput& input, const Material& material) : input_(input), material_(material) {}

  // The id of the evidence for `reference`. `shown` tells whether an earlier statement quotes it.
  std::string cite(const Reference& reference, int most_words, bool& shown) {
    const Document& document = document_of(reference);
    for (const Known& known : known_)
      if (known.item == reference.item && known.span.begin < reference.span.end &&
          reference.span.begin < known.span.end) {
        shown = known.shown;
        return known.id;
      }
    const Span span = shown_of(document.text, reference, most_words);
    known_.push_back({reference.item, span, set_.add(document, span), false});
    shown = false;
    return known_.back().id;
  }

  // The text of a statement that quotes `reference`, and the ids that it leans on.
  std::string quote(const Draft& draft, std::vector<std::string>& ids) {
    const Reference& reference = draft.references.front();
    bool shown = false;
    ids.push_back(cite(reference, draft.most_words, shown));
    const Document& document = document_of(reference);
    const std::string place = fmt::format("({}, {})", day(document), shorten(document.source, 20));
    if (shown) return fmt::format("{}quoted above {}", draft.lead, place);
    for (Known& known : known_) {
      if (known.id != ids.back()) continue;
      known.shown = true;
      const bool cut = known.span.end < clamp_span(document.text, reference.span).end ||
                       ends_inside(document.text, known.span);
      return fmt::format("{}\"{}{}{}\" {}", draft.lead,
                         begins_inside(document.text, known.span) ? "…" : "",
                         slice(document.text, known.span), cut ? "…" : "", place);
    }
    return draft.lead;
  }

  std::vector<Evidence> take() { return set_.take(); }

 private:
  // From the beginning of the sentence if what matters is reached from there, else from that.
  static Span shown_of(std::string_view text, const Reference& reference, int most_words) {
    const Span span = quote_span(text, reference.span, most_words);
    if (reference.core.end <= span.end) return span;
    return quote_span(text, whole_sentences(text, {reference.core.begin, reference.span.end}),
                      most_words);
  }

  struct Known {
    std::size_t item;
    Span span;
    std::string id;
    bool shown;
  };
  const Document& document_of(const Reference& reference) const {
    return material_.items[reference.item].own->document;
  }
  std::string day(const Document& document) const {
    if (document.published_at == kNoTime) return "undated";
    return format_day(input_.zone.day_of(document.published_at));
  }

  const BriefInput& input_;
  const Material& material_;
  EvidenceSet set_;
  std::vector<Known> known_;
};

}  // namespace

std::size_t BriefPage::add(Draft draft) {
  std::vector<Reference>& references = draft.references;
  if (draft.quotes && !references.empty() && !shows_words(references.front())) references.clear();
  std::erase_if(references, [&](const Reference& r) { return !shows_words(r); });
  drafts_.push_back(std::move(draft));
  dropped_.push_back(false);
  return drafts_.size() - 1;
}

void BriefPage::cite(Cited reason) {
  if (shows_words(reason.reference)) reasons_.push_back(std::move(reason));
}

bool BriefPage::shows_words(const Reference& reference) const {
  const Span span = quote_span(material_.items[reference.item].own->document.text, reference.span);
  return span.begin < span.end;
}

Status BriefPage::compose(Brief& brief) const {
  brief.statements.clear();
  brief.temperature.reasons.clear();
  Quoter quoter(input_, material_);
  std::vector<std::string> id_of(drafts_.size());
  std::vector<std::size_t> made;
  for (const Section section : kOrder) {
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      const Draft& draft = drafts_[i];
      if (dropped_[i] || draft.section != section || draft.references.empty()) continue;
      std::vector<std::string> ids;
      std::string text = draft.lead;
      bool shown = false;
      if (draft.quotes) text = quoter.quote(draft, ids);
      for (std::size_t r = draft.quotes ? 1 : 0; r < draft.references.size(); ++r)
        ids.push_back(quoter.cite(draft.references[r], kMostQuoteWords, shown));
      ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
      Statement statement =
          PLUMBLINE_TRY(Statement::make(section, draft.kind, std::move(text), std::move(ids)));
      statement.id = id_of[i] = fmt::format("S{}", made.size() + 1);
      statement.answer = draft.answer;
      brief.statements.push_back(std::move(statement));
      made.push_back(i);
    }
    if (const Draft rest = folded(section); !rest.references.empty()) {
      std::vector<std::string> ids;
      for (const Reference& reference : rest.references) {
        bool shown = false;
        ids.push_back(quoter.cite(reference, kMostQuoteWords, shown));
      }
      Statement statement =
          PLUMBLINE_TRY(Statement::make(section, rest.kind, rest.lead, std::move(ids)));
      statement.id = fmt::format("S{}", brief.statements.size() + 1);
      brief.statements.push_back(std::move(statement));
      made.push_back(kNoDraft);
    }
    if (section != Section::why_now) continue;
    for (const Cited& reason : reasons_) {
      bool shown = false;
      brief.temperature.reasons.push_back(
          {reason.text, quoter.cite(reason.reference, kMostQuoteWords, shown), reason.points});
    }
  }
  for (std::size_t s = 0; s < made.size(); ++s)
    if (made[s] != kNoDraft && drafts_[made[s]].opposes != kNoDraft)
      brief.statements[s].opposes = id_of[drafts_[made[s]].opposes];
  brief.evidence = quoter.take();
  return {};
}

Draft BriefPage::folded(Section section) const {
  Draft rest;
  rest.kind = "also";
  for (std::size_t i = 0; i < drafts_.size(); ++i) {
    const Draft& draft = drafts_[i];
    if (!dropped_[i] || draft.section != section || draft.fold.empty()) continue;
    rest.lead += (rest.lead.empty() ? "" : ", ") + draft.fold;
    rest.references.push_back(draft.references.front());
  }
  return rest;
}

bool BriefPage::drop_one() {
  std::size_t worst = kNoDraft;
  for (std::size_t i = 0; i < drafts_.size(); ++i)
    if (!dropped_[i] && drafts_[i].rank > 0 &&
        (worst == kNoDraft || drafts_[i].rank >= drafts_[worst].rank))
      worst = i;
  if (worst == kNoDraft) return false;
  dropped_[worst] = true;
  if (drafts_[worst].opposes != kNoDraft) dropped_[drafts_[worst].opposes] = true;
  return true;
}

Status BriefPage::fill(Brief& brief) {
  for (;;) {
    PLUMBLINE_CHECK(compose(brief));
    if (fits(brief)) return {};
    if (drop_one()) continue;
    // Quotes are gone as far as they may go: what is left to shorten are the lists at the end.
    if (brief.gaps.size() + brief.doubts.size() <= 2) return {};
    (brief.gaps.size() >= brief.doubts.size() ? brief.gaps : brief.doubts).pop_back();
  }
}

}  // namespace plumbline
