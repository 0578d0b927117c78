// How long the answers take that a person waits for: briefs and trends, in process, over a
// workspace that is filled already. Prints one line of CSV per question: calls, median, 99th
// percentile, worst.
//   plumbline_questions WORKSPACE [CALLS]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "app/brief.h"
#include "app/trends.h"
#include "app/workspace.h"

namespace plumbline {
namespace {

using Clock = std::chrono::steady_clock;

void measure(const char* question, int calls, const std::function<bool(int)>& ask) {
  std::vector<double> millis;
  int failed = 0;
  for (int call = 0; call < calls; ++call) {
    const auto begin = Clock::now();
    failed += !ask(call);
    millis.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  std::sort(millis.begin(), millis.end());
  const auto at = [&](double share) {
    return millis[static_cast<std::size_t>(share * static_cast<double>(millis.size() - 1))];
  };
  fmt::print("{},{},{:.2f},{:.2f},{:.2f},{}\n", question, calls, at(0.5), at(0.99), at(1), failed);
}

// Drawn by mention, so that those who write most are asked for most.
std::vector<std::string> people(const Workspace& workspace, int count) {
  std::mt19937_64 random(7);
  std::vector<std::string> out;
  const auto busiest = workspace.store->busiest_accounts(1000);
  if (!busiest || busiest->empty()) return out;
  std::vector<double> weights;
  for (const AccountRow& account : *busiest)
    weights.push_back(static_cast<double>(account.documents));
  std::discrete_distribution<std::size_t> draw(weights.begin(), weights.end());
  for (int i = 0; i < count; ++i) {
    const AccountRow& account = (*busiest)[draw(random)];
    out.push_back(account.source + ":" + account.author.handle);
  }
  return out;
}

int run(const std::string& folder, int calls) {
  const auto workspace = open_workspace(folder, Access::read);
  if (!workspace) {
    fmt::print(stderr, "{}\n", describe(workspace.error()));
    return 1;
  }
  const auto status = workspace->store->status(workspace->analyzer->version());
  if (!status || status->documents == 0) return 1;
  fmt::print("question,calls,p50_ms,p99_ms,max_ms,failed\n");
  const auto asked = people(*workspace, calls);
  measure("brief", calls, [&](int call) {
    const auto person = find_person(*workspace, asked[static_cast<std::size_t>(call)]);
    if (!person) return false;
    const auto brief = make_brief(*workspace, *person, status->newest);
    return brief && render_brief(*brief, "text").has_value();
  });
  const auto brands = workspace->brands();
  for (const auto& [name, unit] :
       {std::pair{"trends by day", Unit::day}, std::pair{"trends by week", Unit::week},
        std::pair{"trends by month", Unit::month}}) {
    measure(name, calls, [&, unit = unit](int call) {
      ReportWish wish;
      wish.now = status->newest;
      wish.brand = brands[static_cast<std::size_t>(call) % brands.size()];
      wish.from = workspace->config.zone.day_of(status->oldest);
      wish.to = workspace->config.zone.day_of(status->newest);
      return trend_of(*workspace, wish, unit).has_value();
    });
  }
  return 0;
}

}  // namespace
}  // namespace plumbline

int main(int count, char** words) {
  if (count < 2) {
    fmt::print(stderr, "usage: plumbline_questions WORKSPACE [CALLS]\n");
    return 2;
  }
  return plumbline::run(words[1], count > 2 ? std::max(1, std::atoi(words[2])) : 1000);
}
