// How warm a lead is: what the person said lately, each signal fading with its own half-life. Fit
// and intent are never blended into one number.
//
//   intent(t) = min(100, sum over groups of min(cap, sum of weight * identity *
//   2^-(age/half-life)))
//
//   weight  half-life  cap  group
//     40      14 d      50  request: asks us for something, or a question that names us
//     30      21 d      45  price or switching: asks a price, thinks of leaving what they have
//     20      30 d      35  rival complaint: is unhappy with a competitor
//     18      45 d      30  comparison: weighs products against each other
//      8      30 d      20  concern: wants, needs, suffers from or fears something
//      3       7 d       9  mention: names us
//
// HOT:  intent >= 50, and a signal in their own person younger than 14 days on an account that is
//       theirs with p >= 0.8, and no posting pattern that looks automated.
// WARM: intent >= 20, or a request to us within 90 days on such an account.
// COLD: the rest. A document is one signal at most, of its strongest group.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/brief.h"
#include "sales/material.h"

namespace plumbline {

enum class SignalGroup : std::uint8_t {
  request,
  price_or_switching,
  rival_complaint,
  comparison,
  concern,
  mention
};
inline constexpr int kSignalGroups = 6;

struct SignalRule {
  double weight = 0;          // points of a signal of today on a certain account
  double half_life_days = 1;  // after which a signal counts half
  double cap = 0;             // most that the group can give
};
const SignalRule& rule_of(SignalGroup group);

struct Signal {
  SignalGroup group = SignalGroup::mention;
  Seconds at = kNoTime;
  double identity = 1;
  bool first_person = false;
  std::size_t item = 0;  // index into Material::items
};

inline constexpr double kHotIntent = 50;
inline constexpr double kWarmIntent = 20;
inline constexpr double kSureIdentity = 0.8;
inline constexpr Seconds kHotWindow = 14 * kSecondsPerDay;
inline constexpr Seconds kExchangeWindow = 90 * kSecondsPerDay;

// The signals in dated texts, newest first. Texts that touch a special category give none.
std::vector<Signal> find_signals(const Material& material);

double points_of(const Signal& signal, Seconds now);  // before its group's cap
double intent_at(const std::vector<Signal>& signals, Seconds now);
Band band_at(const std::vector<Signal>& signals, Seconds now, bool automated);
// When the band falls by itself if nothing more is said; kNoTime when cold already. Found by
// bisection to the second, since intent can only fall.
Seconds cooling_time(const std::vector<Signal>& signals, Seconds now, bool automated);
// The indexes of the three strongest signals that tell different things, strongest first: the
// third complaint about the same rival is no further reason.
std::vector<std::size_t> strongest(const std::vector<Signal>& signals, const Material& material,
                                   Seconds now);
// 0..80 from role and firm on file: 60 for a role that decides purchases, 40 for one that is asked,
// 20 for any other, and 20 for a firm; the rest cannot be judged from here. -1: neither is known.
double fit_of(const Person& person);
std::string age_in_words(Seconds at, Seconds now, const Zone& zone);  // "3 days ago"

// How the posts lie in time. An empty text: as people write.
struct PostingPattern {
  bool automated = false;
  std::vector<std::string> doubts;  // "posting pattern looks automated: 34 posts within 20 minutes"
};
// Automated: more than 20 posts within an hour; 20 or more steps of which nine tenths are equal to
// a twentieth; or half and at least ten of the texts copies. Posts with a date but no time of day
// are left out of the first two.
PostingPattern posting_pattern(const Material& material);

}  // namespace plumbline
