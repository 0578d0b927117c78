#include "sales/brief.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "sales/concerns.h"
#include "sales/evidence.h"
#include "sales/gaps.h"
#include "sales/grounds.h"
#include "sales/lead.h"
#include "sales/page.h"

namespace plumbline {
namespace {

constexpr Seconds kTriggerWindow = 180 * kSecondsPerDay;

// Lays the drafts of one brief out, section by section. A remark quoted in one section is pointed
// to in the next, so each section chooses for itself.
class Writer {
 public:
  Writer(const BriefInput& input, const Material& material, const Concerns& concerns,
         const std::vector<Signal>& signals)
      : input_(input),
        material_(material),
        concerns_(concerns),
        signals_(signals),
        page_(input, material) {}

  Status write(Brief& brief) {
    why_now();
    reasons();
    words();
    money();
    risks();
    experience();
    us_and_them();
    do_not_say();
    context();
    goal();
    return page_.fill(brief);
  }

 private:
  Reference reference(const Remark& remark) const {
    return {remark.item, remark.span, remark.core};
  }

  std::string_view quote_of(const Remark& remark) const {
    return slice(material_.items[remark.item].own->document.text, remark.span);
  }

  std::size_t quote(Section section, const Remark& remark, std::string lead, int words, int rank) {
    Draft draft;
    draft.section = section;
    draft.kind = remark.kind;
    draft.lead = std::move(lead);
    draft.most_words = words;
    draft.references = {reference(remark)};
    draft.rank = rank;
    return page_.add(std::move(draft));
  }

  // The best remark that `fits` and was not taken for this section.
  template <class Fits>
  const Remark* find(std::vector<const Remark*>& taken, Fits&& fits) const {
    for (const Remark& remark : concerns_.remarks) {
      if (!fits(remark)) continue;
      const bool again = std::any_of(taken.begin(), taken.end(), [&](const Remark* other) {
        return other->item == remark.item && other->span.begin < remark.span.end &&
               remark.span.begin < other->span.end;
      });
      if (again) continue;
      taken.push_back(&remark);
      return &remark;
    }
    return nullptr;
  }

  Grounds grounds_for(const Signal& signal) const {
    return grounds_of(signal, material_, concerns_, input_);
  }

  void why_now() {
    const Signal* newest = nullptr;
    for (const Signal& signal : signals_) {
      if (input_.now - signal.at > kTriggerWindow || signal.group == SignalGroup::mention) continue;
      const bool stronger = signal.group < SignalGroup::concern;
      if (newest == nullptr || (stronger && newest->group == SignalGroup::concern))
        newest = &signal;
    }
    if (newest == nullptr) return;
    trigger_ = newest;
    trigger_grounds_ = grounds_for(*newest);
    Draft draft;
    draft.section = Section::why_now;
    draft.kind = "trigger";
    draft.lead = trigger_grounds_.what + ": ";
    draft.lead[0] = static_cast<char>(draft.lead[0] - 'a' + 'A');
    draft.references = {{newest->item, trigger_grounds_.span}};
    page_.add(std::move(draft));
  }

  void reasons() {
    for (const std::size_t i : strongest(signals_, material_, input_.now))
      if (const double points = points_of(signals_[i], input_.now); points >= 0.5) {
        const Grounds grounds = grounds_for(signals_[i]);
        page_.cite({grounds.what, points, {signals_[i].item, grounds.span}});
      }
  }

  void words() {
    std::vector<const Remark*> taken;
    int left = 5;
    for (const auto& [a, b] : find_opposing(material_, concerns_, 2)) {
      const Remark &first = concerns_.remarks[a], &second = concerns_.remarks[b];
      const std::size_t one = quote(Section::words, first, {}, 20, 2);
      const std::size_t two = quote(Section::words, second, {}, 20, 2);
      page_.draft(one).opposes = two;
      page_.draft(two).opposes = one;
      taken.push_back(&first);
      taken.push_back(&second);
      left -= 2;
    }
    int rank = 2;
    for (const std::string_view kind : {"pain", "want", "need", "fear", "pain", "want"}) {
      if (left <= 0) break;
      const Remark* remark = find(taken, [&](const Remark& r) { return r.sure && r.kind == kind; });
      if (remark == nullptr) continue;
      quote(Section::words, *remark, {}, 25, rank);
      rank += 2;
      --left;
    }
  }

  void money() {
    std::vector<const Remark*> taken;
    const int ease = input_.cost_pressure ? 4 : 0;
    const auto rank = [&](int plain) { return std::max(1, plain - ease); };
    if (const Remark* price = find(taken, [](const Remark& r) {
          return r.kind == "price" || r.kind == "cost" || r.theme == "price";
        }))
      page_.draft(quote(Section::money, *price, {}, 18, rank(5))).kind = "price";
    if (const Remark* value = find(taken, [](const Remark& r) { return r.kind == "value"; }))
      quote(Section::money, *value, {}, 18, rank(8));
    int theme_rank = 8;
    for (const std::string_view theme : kCostThemes) {
      const auto fits = [&](const Remark& r) { return r.theme == theme; };
      const Remark* remark = find(taken, fits);
      if (remark == nullptr) continue;
      Draft& draft = page_.draft(quote(Section::money, *remark, {}, 14, rank(theme_rank)));
      draft.kind = theme;
      draft.fold = theme_in_words(theme);
      ++theme_rank;
    }
  }

  void risks() {
    std::vector<const Remark*> taken;
    int rank = 3;
    for (const std::string_view kind : {"risk", "fear", "risk", "fear"}) {
      if (taken.size() == 3) break;
      const Remark* remark = find(taken, [&](const Remark& r) { return r.kind == kind; });
      if (remark == nullptr) continue;
      Draft& draft = page_.draft(quote(Section::risks, *remark, {}, 18, rank));
      draft.answer = answer_to(remark->theme, quote_of(*remark), input_.claims);
      rank += 4;
    }
  }

  void experience() {
    std::vector<const Remark*> taken;
    for (const int rank : {6, 13})
      if (const Remark* remark =
              find(taken, [](const Remark& r) { return r.kind == "experience"; }))
        quote(Section::experience, *remark, {}, 18, rank);
  }

  void us_and_them() {
    for (std::size_t i = 0; i < material_.items.size(); ++i) {
      const Item& item = material_.items[i];
      if (item.side != Side::us || (item.cues & kCueSpecial) != 0) continue;
      const Reference said = words_on_us(i);
      if (said.span.begin == said.span.end) continue;  // filed under us, but on something else
      Draft draft;
      draft.section = Section::us_and_them;
      draft.kind = "last touch";
      const Seconds at = item.own->document.published_at;
      draft.lead = at == kNoTime || input_.now == kNoTime
                       ? "last heard on us: "
                       : fmt::format("on us {}: ", age_in_words(at, input_.now, input_.zone));
      draft.most_words = 18;
      draft.references = {said};
      draft.rank = 5;
      page_.add(std::move(draft));
      break;
    }
    std::vector<const Remark*> taken;
    if (const Remark* liked = find(taken, [](const Remark& r) {
          return r.sure && r.on_us && r.tone == Polarity::positive;
        }))
      quote(Section::us_and_them, *liked,
            is_ours(*liked) ? fmt::format("likes our {}: ", about(*liked)) : "praised us: ", 18, 9);
    if (const Remark* rival = find(taken, [](const Remark& r) { return r.side == Side::them; }))
      quote(Section::us_and_them, *rival, fmt::format("on {}: ", shorten(rival->rival, 30)), 18, 7);
  }

  // Of a text: the best remark on us, else the first sentence that names us; mostly nothing.
  Reference words_on_us(std::size_t item) const {
    for (const Remark& remark : concerns_.remarks)
      if (remark.item == item && remark.on_us && remark.sure) return reference(remark);
    return {item, sentence_on_us(material_.items[item].own->document.text, input_)};
  }

  void do_not_say() {
    std::vector<const Remark*> taken;
    for (const int rank : {4, 11}) {
      const Remark* sore = find(taken, [](const Remark& r) {
        return r.sure && r.on_us && r.kind == "pain" && r.tone == Polarity::negative;
      });
      if (sore == nullptr) return;
      const std::string lead = is_ours(*sore) ? fmt::format("do not praise our {}: ", about(*sore))
                                              : std::string("sore point with us: ");
      page_.draft(quote(Section::do_not_say, *sore, lead, 18, rank)).kind = "sore point";
    }
  }

  void context() {
    std::map<std::string_view, std::pair<int, const Remark*>> themes;
    for (const Remark& remark : concerns_.remarks) {
      if (topic_of(remark).empty()) continue;
      auto& [count, best] = themes.try_emplace(remark.theme, 0, nullptr).first->second;
      ++count;
      if (best == nullptr) best = &remark;
    }
    std::vector<std::pair<int, std::string_view>> ranked;
    for (const auto& [theme, found] : themes) ranked.emplace_back(-found.first, theme);
    std::sort(ranked.begin(), ranked.end());
    if (ranked.size() > 3) ranked.resize(3);
    if (ranked.empty()) return;
    Draft draft;
    draft.section = Section::context;
    draft.kind = "themes";
    draft.quotes = false;
    draft.rank = 9;
    draft.lead = "Speaks most of ";
    for (std::size_t i = 0; i < ranked.size(); ++i) {
      const auto& [count, theme] = ranked[i];
      const Remark& best = *themes[theme].second;
      draft.lead += fmt::format("{}{} ({})", i == 0 ? "" : ", ", topic_of(best), -count);
      draft.references.push_back(reference(best));
    }
    page_.add(std::move(draft));
  }

  void goal() {
    if (trigger_ == nullptr && concerns_.remarks.empty()) return;
    if (trigger_ != nullptr)
      ask("goal", goal_of(trigger_->group, trigger_grounds_),
          {trigger_->item, trigger_grounds_.span}, 1);
    else
      ask("goal", "Listen first; agree one reason to talk again.",
          reference(concerns_.remarks.front()), 1);
    std::vector<const Remark*> taken;
    std::vector<std::string> asked;
    const auto question = [&](auto&& fits, auto&& text) {
      if (asked.size() == 3) return;
      const Remark* remark = find(taken, fits);
      if (remark == nullptr) return;
      constexpr int kRanks[] = {2, 4, 6};
      const std::string words = text(*remark);
      if (std::find(asked.begin(), asked.end(), words) != asked.end()) return;
      ask("question", words, reference(*remark), kRanks[asked.size()]);
      asked.push_back(words);
    };
    for (int round = 0; round < 2; ++round) {
      if (input_.cost_pressure) money_question(question);
      question([](const Remark& r) { return r.sure && r.kind == "pain"; },
               [&](const Remark& r) {
                 return nameable(r)
                            ? fmt::format("What does the trouble with {} cost you?", about(r))
                            : fmt::format("On {}: what does that cost you?", snippet(r));
               });
      question([](const Remark& r) { return r.kind == "want" || r.kind == "need"; },
               [&](const Remark& r) {
                 return nameable(r) ? fmt::format("What would good {} look like to you?", about(r))
                                    : fmt::format("On {}: what would it change?", snippet(r));
               });
      question([](const Remark& r) { return r.kind == "fear" || r.kind == "risk"; },
               [&](const Remark& r) {
                 return fmt::format("On {}: what would you need to see?", snippet(r));
               });
      if (!input_.cost_pressure) money_question(question);
    }
  }

  template <class Ask>
  static void money_question(Ask& question) {
    question(
        [](const Remark& r) { return r.kind == "cost" || r.kind == "price" || r.theme == "price"; },
        [](const Remark&) {
          return std::string("Beyond the price, which costs count over its whole life?");
        });
  }

  // Themes that read well behind "the trouble with" and "good".
  static bool nameable(const Remark& r) {
    return is_theme(r.theme) && r.theme != "price" && r.theme != "running" && r.theme != "leaving";
  }

  // The first words of a remark, so that a question says what it is about.
  std::string snippet(const Remark& remark) const {
    const std::string_view text = material_.items[remark.item].own->document.text;
    const Span span = quote_span(text, remark.span, 6);
    const bool cut = span.end < clamp_span(text, remark.span).end;
    return fmt::format("\"{}{}\"", shorten(slice(text, span), 60), cut ? "…" : "");
  }

  static std::string about(const Remark& remark) {
    return shorten(theme_in_words(remark.theme), 40);
  }

  // Themes that read well behind "our".
  static bool is_ours(const Remark& r) { return is_theme(r.theme) && r.theme != "leaving"; }

  // A fixed theme by its name. Other topics are words of the sentence, which no sentence of ours
  // can take up: they are quoted where they stand there in a row, else left out.
  std::string topic_of(const Remark& remark) const {
    if (is_theme(remark.theme)) return about(remark);
    const std::string said = ascii_lower(quote_of(remark));
    if (remark.theme.empty() || !contains(said, ascii_lower(remark.theme))) return {};
    return fmt::format("\"{}\"", about(remark));
  }

  void ask(std::string kind, std::string text, Reference grounds, int rank) {
    Draft draft;
    draft.section = Section::goal;
    draft.kind = std::move(kind);
    draft.lead = std::move(text);
    draft.quotes = false;
    draft.references = {grounds};
    draft.rank = rank;
    page_.add(std::move(draft));
  }

  const BriefInput& input_;
  const Material& material_;
  const Concerns& concerns_;
  const std::vector<Signal>& signals_;
  BriefPage page_;
  const Signal* trigger_ = nullptr;
  Grounds trigger_grounds_;
};

void measure(Brief& brief, const BriefInput& input, const std::vector<Signal>& signals,
             const PostingPattern& pattern) {
  Temperature& temperature = brief.temperature;
  temperature.intent = intent_at(signals, input.now);
  temperature.fit = fit_of(input.person);
  temperature.band = band_at(signals, input.now, pattern.automated);
  temperature.cools_on = cooling_time(signals, input.now, pattern.automated);
}

}  // namespace

Result<Brief> build_brief(const BriefInput& input) {
  if (input.now == kNoTime)
    return fail(ErrorCode::invalid, "a brief needs the time that it is made for",
                "BriefInput::now");
  const Material material = gather_material(input);
  const Concerns concerns = collect_concerns(material, input);
  const std::vector<Signal> signals = find_signals(material);
  const PostingPattern pattern = posting_pattern(material);

  Brief brief;
  brief.person = input.person;
  brief.made_at = input.now;
  brief.zone = input.zone.name();
  brief.note = input.note;
  if (input.cost_pressure)
    brief.note +=
        std::string(brief.note.empty() ? "" : "; ") + "cost pressure: money first among equals";
  brief.documents = material.documents;
  brief.copies = material.copies;
  brief.oldest = material.oldest;
  brief.newest = material.newest;
  measure(brief, input, signals, pattern);
  brief.gaps = find_gaps(input, material, concerns);
  brief.doubts = find_doubts(input, material, pattern);
  PLUMBLINE_CHECK(Writer(input, material, concerns, signals).write(brief));
  return brief;
}

}  // namespace plumbline
