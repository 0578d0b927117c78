#include "sales/lead.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "sales/grounds.h"

namespace plumbline {
namespace {

constexpr SignalRule kRules[kSignalGroups] = {
    {40, 14, 50}, {30, 21, 45}, {20, 30, 35}, {18, 45, 30}, {8, 30, 20}, {3, 7, 9},
};
constexpr Seconds kLongest = 3650 * kSecondsPerDay;

bool says_pain(const Analysis& analysis) {
  if (analysis.scored && !analysis.version.empty() &&
      analysis.sentiment.label == Polarity::negative)
    return true;
  return std::any_of(analysis.statements.begin(), analysis.statements.end(),
                     [](const StatementSpan& s) { return s.kind == StatementKind::pain; });
}

bool states(const Analysis& analysis, std::initializer_list<StatementKind> kinds) {
  return std::any_of(analysis.statements.begin(), analysis.statements.end(),
                     [&](const StatementSpan& s) {
                       return std::find(kinds.begin(), kinds.end(), s.kind) != kinds.end();
                     });
}

bool find_group(const Item& item, SignalGroup& group) {
  const Analysis& analysis = item.own->analysis;
  if (item.side == Side::us && (item.cues & kCueRequest) != 0) {
    group = SignalGroup::request;
  } else if ((item.cues & kCueSwitch) != 0 || price_question(item).end != 0 ||
             coming_move(analysis) != nullptr) {
    group = SignalGroup::price_or_switching;
  } else if (item.question.end != 0) {
    group = SignalGroup::request;
  } else if (item.side == Side::them && says_pain(analysis)) {
    group = SignalGroup::rival_complaint;
  } else if (item.names_several || ((item.cues & kCueCompare) != 0 && item.side != Side::nobody)) {
    group = SignalGroup::comparison;
  } else if (states(analysis,
                    {StatementKind::want, StatementKind::need, StatementKind::pain,
                     StatementKind::fear, StatementKind::risk, StatementKind::cost,
                     StatementKind::experience, StatementKind::switching, StatementKind::buying})) {
    group = SignalGroup::concern;
  } else if (item.side == Side::us && item.names_us) {
    group = SignalGroup::mention;  // a text filed under us that does not name us tells nothing
  } else {
    return false;
  }
  return true;
}

bool is_first_person(const Item& item, SignalGroup group) {
  if (group == SignalGroup::request) return true;
  if (group == SignalGroup::mention) return false;
  if (group == SignalGroup::price_or_switching && (item.cues & kCueQuestion) != 0) return true;
  return (item.cues & kCueFirstPerson) != 0;
}

bool has_role(std::string_view role, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words)
    for (std::size_t at = role.find(word); at != std::string_view::npos;
         at = role.find(word, at + 1))
      if (at == 0 || role[at - 1] < 'a' || role[at - 1] > 'z') return true;
  return false;
}

// The most posts within an hour, and the seconds that they took.
std::pair<std::size_t, Seconds> densest_hour(const std::vector<Seconds>& times) {
  std::size_t best = 0, first = 0;
  Seconds took = 0;
  for (std::size_t last = 0; last < times.size(); ++last) {
    while (times[last] - times[first] > 3600) ++first;
    const std::size_t count = last - first + 1;
    if (count > best) {
      best = count;
      took = times[last] - times[first];
    }
  }
  return {best, took};
}

// Seconds between posts when nine tenths of the steps are alike, else 0.
Seconds regular_step(const std::vector<Seconds>& times) {
  if (times.size() < 21) return 0;
  std::vector<Seconds> steps;
  for (std::size_t i = 1; i < times.size(); ++i) steps.push_back(times[i] - times[i - 1]);
  std::vector<Seconds> sorted = steps;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2),
                   sorted.end());
  const Seconds middle = sorted[sorted.size() / 2];
  if (middle <= 0 || middle > 7 * kSecondsPerDay) return 0;
  const auto alike = std::count_if(steps.begin(), steps.end(), [&](Seconds step) {
    return std::abs(step - middle) * 20 <= middle;
  });
  return static_cast<std::size_t>(alike) * 10 >= steps.size() * 9 ? middle : 0;
}

// All signals of a group fade alike, so one sum per group tells intent at any later time.
class Warmth {
 public:
  Warmth(const std::vector<Signal>& signals, Seconds since) : since_(since) {
    for (const Signal& signal : signals) {
      sums_[static_cast<std::size_t>(signal.group)] += points_of(signal, since);
      if (signal.identity < kSureIdentity) continue;
      if (signal.first_person) freshest_ = std::max(freshest_, signal.at);
      if (signal.group == SignalGroup::request) exchange_ = std::max(exchange_, signal.at);
    }
  }

  double intent(Seconds now) const {
    const double days = static_cast<double>(now - since_) / kSecondsPerDay;
    double intent = 0;
    for (std::size_t i = 0; i < kSignalGroups; ++i)
      intent += std::min(sums_[i] * std::exp2(-days / kRules[i].half_life_days), kRules[i].cap);
    return std::min(intent, 100.0);
  }

  Band band(Seconds now, bool automated) const {
    const bool fresh = freshest_ != kNoTime && now - freshest_ < kHotWindow;
    const bool exchange = exchange_ != kNoTime && now - exchange_ <= kExchangeWindow;
    const double points = intent(now);
    if (points >= kHotIntent && fresh && !automated) return Band::hot;
    return points >= kWarmIntent || exchange ? Band::warm : Band::cold;
  }

 private:
  Seconds since_;
  double sums_[kSignalGroups] = {};
  Seconds freshest_ = kNoTime, exchange_ = kNoTime;  // on accounts that are surely theirs
};

}  // namespace

const SignalRule& rule_of(SignalGroup group) { return kRules[static_cast<std::size_t>(group)]; }

std::vector<Signal> find_signals(const Material& material) {
  std::vector<Signal> signals;
  for (std::size_t i = 0; i < material.items.size(); ++i) {
    const Item& item = material.items[i];
    Signal signal;
    if (item.own->document.published_at == kNoTime || (item.cues & kCueSpecial) != 0) continue;
    if (!find_group(item, signal.group)) continue;
    signal.at = item.own->document.published_at;
    signal.identity = item.identity;
    signal.first_person = is_first_person(item, signal.group);
    signal.item = i;
    signals.push_back(signal);
  }
  return signals;
}

double points_of(const Signal& signal, Seconds now) {
  const SignalRule& rule = rule_of(signal.group);
  const double days = static_cast<double>(std::max<Seconds>(0, now - signal.at)) / kSecondsPerDay;
  return rule.weight * signal.identity * std::exp2(-days / rule.half_life_days);
}

double intent_at(const std::vector<Signal>& signals, Seconds now) {
  return Warmth(signals, now).intent(now);
}

Band band_at(const std::vector<Signal>& signals, Seconds now, bool automated) {
  return Warmth(signals, now).band(now, automated);
}

Seconds cooling_time(const std::vector<Signal>& signals, Seconds now, bool automated) {
  const Warmth warmth(signals, now);
  const Band band = warmth.band(now, automated);
  if (band == Band::cold) return kNoTime;
  Seconds still = now, cooler = now + kLongest;
  while (cooler - still > 1) {
    const Seconds middle = still + (cooler - still) / 2;
    (warmth.band(middle, automated) == band ? still : cooler) = middle;
  }
  return cooler;
}

std::vector<std::size_t> strongest(const std::vector<Signal>& signals, const Material& material,
                                   Seconds now) {
  std::vector<std::pair<double, std::size_t>> ranked;
  for (std::size_t i = 0; i < signals.size(); ++i)
    ranked.emplace_back(-points_of(signals[i], now), i);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::size_t> best;
  std::vector<std::pair<SignalGroup, std::string_view>> told;
  for (const auto& [points, i] : ranked) {
    if (best.size() == 3) break;
    const bool rival = signals[i].group == SignalGroup::rival_complaint;
    const std::pair reason(signals[i].group,
                           rival ? material.items[signals[i].item].rival : std::string_view());
    if (std::find(told.begin(), told.end(), reason) != told.end()) continue;
    told.push_back(reason);
    best.push_back(i);
  }
  return best;
}

double fit_of(const Person& person) {
  if (person.role.empty() && person.firm.empty()) return -1;
  double fit = person.firm.empty() ? 0 : 20;
  if (person.role.empty()) return fit;
  const std::string role = ascii_lower(person.role);
  if (has_role(role, {"owner",   "founder",  "chief",   "ceo",       "cto",     "cfo",
                      "coo",     "director", "head",    "president", "vp",      "vice president",
                      "purchas", "procure",  "buyer",   "partner",   "einkauf", "gesch",
                      "leiter",  "inhaber",  "compras", "jefe",      "jefa"}))
    return fit + 60;
  if (has_role(role, {"manager", "engineer", "lead", "consultant", "architect", "technic",
                      "administrator", "foreman", "planner", "ingenieur", "ingenier"}))
    return fit + 40;
  return fit + 20;
}

std::string age_in_words(Seconds at, Seconds now, const Zone& zone) {
  const Day days = zone.day_of(now) - zone.day_of(at);
  if (days <= 0) return "today";
  if (days == 1) return "yesterday";
  return fmt::format("{} days ago", days);
}

PostingPattern posting_pattern(const Material& material) {
  PostingPattern pattern;
  std::vector<Seconds> times;
  for (const Seconds at : material.times)
    if (at % kSecondsPerDay != 0) times.push_back(at);
  const auto [posts, took] = densest_hour(times);
  if (posts > 20) {
    pattern.automated = true;
    pattern.doubts.push_back(
        fmt::format("posting pattern looks automated: {} posts within {} minutes", posts,
                    std::max<Seconds>(1, (took + 59) / 60)));
  } else if (const Seconds step = regular_step(times); step > 0) {
    pattern.automated = true;
    pattern.doubts.push_back(
        fmt::format("posting pattern looks automated: one post every {} minutes",
                    std::max<Seconds>(1, step / 60)));
  }
  if (material.copies >= 10 && material.copies * 2 >= material.documents) {
    pattern.automated = true;
    pattern.doubts.push_back(
        fmt::format("posting pattern looks automated: {} of {} texts repeat an earlier one",
                    material.copies, material.documents));
  }
  return pattern;
}

}  // namespace plumbline
