#include "app/footprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "app/footprint_plan.h"
#include "app/open_http.h"
#include "base/text.h"
#include "crawler/decoy.h"
#include "crawler/personal_page.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

constexpr std::size_t kHostsAtOnce = 32;  // hosts; of each, one request at a time
constexpr int kMostSilent = 2;            // then a site is left alone

struct Reply {
  ProbeVerdict verdict;
  std::string address, hash;
  Seconds at = kNoTime;
};

// All questions to one site at one host, decoys first.
class SiteWalk {
 public:
  SiteWalk(Http& http, const ProbeSites& sites, SiteJob& job, std::uint64_t seed)
      : http_(http),
        sites_(sites),
        job_(job),
        random_(seed ^ hash64(job.site->name + "@" + job.host)) {}

  void run(const Progress& progress) {
    if (may_be_believed(progress)) {
      for (SiteAnswer& answer : job_.answers) {
        if (!stopped_.reason.empty() || progress.cancelled())
          give_up(answer);
        else
          ask_for(answer);
      }
    } else {
      for (SiteAnswer& answer : job_.answers) give_up(answer);
    }
    for (SiteAnswer& answer : job_.answers) answer.decoys = decoys_;
  }

 private:
  Reply ask(const ProbeName& name) {
    HttpRequest request;
    request.request = plan_probe(*job_.site, name, job_.base, job_.key);
    request.requests_per_second = job_.per_second;
    request.as_it_comes = true;
    Reply out;
    out.address = request.request.url;
    const auto reply = http_.get(request);
    out.at = now();
    if (!reply) {
      out.verdict = judge_failure(reply.error());
      return out;
    }
    out.verdict = judge(sites_, *job_.site, name, *reply);
    out.hash = hex64(hash64(reply->body));
    if (out.verdict.state == ProbeState::found && !out.verdict.actor.empty())
      ask_actor(name, out.verdict);
    return out;
  }

  void ask_actor(const ProbeName& name, ProbeVerdict& verdict) {
    HttpRequest request;
    request.request.url = verdict.actor;
    request.request.headers = {{"Accept", "application/activity+json"}};
    request.requests_per_second = job_.per_second;
    request.as_it_comes = true;
    const auto reply = http_.get(request);
    const auto facts = reply && reply->status == 200 ? actor_facts(*job_.site, name, reply->body)
                                                     : std::vector<ProfileFact>();
    if (facts.empty())
      verdict.reason +=
          reply ? fmt::format("; its actor says nothing to strangers ({})", reply->status)
                : "; its actor was not read: " + describe(reply.error());
    verdict.facts.insert(verdict.facts.end(), facts.begin(), facts.end());
  }

  // False, with `stopped_` set, where answers to the names would be worth nothing.
  bool may_be_believed(const Progress& progress) {
    const auto claimed = claimed_name(*job_.site, job_.host);
    if (!claimed)
      decoys_.push_back({"claimed", "", ProbeState::unknown, "no account of that host is known"});
    else if (!try_decoy("claimed", *claimed, progress))
      return false;
    return try_decoy("random", random_name(*job_.site, job_.host, random_), progress) &&
           try_decoy("lookalike", lookalike_name(sites_, *job_.site, job_.host, random_), progress);
  }

  bool try_decoy(const std::string& kind, const ProbeName& name, const Progress& progress) {
    if (progress.cancelled()) {
      stopped_ = judge_failure({ErrorCode::partial, "stopped by the user", {}});
      return false;
    }
    const Reply reply = ask(name);
    const ProbeVerdict& said = reply.verdict;
    decoys_.push_back({kind, name.whole, said.state, said.reason});
    const bool is_claimed = kind == "claimed";
    if (said.state == ProbeState::blocked ||
        (said.state == ProbeState::unknown && said.status == 0)) {
      stopped_ = said;
      stopped_.facts.clear();
      return false;
    }
    if (is_claimed ? said.state == ProbeState::found : said.state != ProbeState::found) return true;
    aside_ = true;
    stopped_.state = ProbeState::unknown;
    stopped_.reason = fmt::format("set aside for this run: asked for {}, it answered: {}",
                                  is_claimed ? fmt::format("'{}', which exists", name.whole)
                                             : fmt::format("'{}', which nobody has", name.whole),
                                  said.reason);
    return false;
  }

  void ask_for(SiteAnswer& answer) {
    const auto name = name_at(*job_.site, answer.name);
    if (!name) return;  // illegal ones never come here
    Reply reply = ask(*name);
    answer.address = std::move(reply.address);
    answer.hash = std::move(reply.hash);
    answer.fetched_at = reply.at;
    answer.verdict = std::move(reply.verdict);
    silent_ = answer.verdict.status == 0 ? silent_ + 1 : 0;
    if (answer.verdict.status == 429 || silent_ == kMostSilent) stopped_ = answer.verdict;
  }

  void give_up(SiteAnswer& answer) {
    answer.verdict = stopped_;
    if (answer.verdict.reason.empty()) {
      answer.verdict.state = ProbeState::unknown;
      answer.verdict.reason = "stopped by the user";
    }
    answer.set_aside = aside_;
  }

  Http& http_;
  const ProbeSites& sites_;
  SiteJob& job_;
  std::mt19937_64 random_;
  std::vector<DecoyAnswer> decoys_;
  ProbeVerdict stopped_;  // its reason is set once nothing more is asked
  bool aside_ = false;
  int silent_ = 0;  // replies that did not come, one after the other
};

class PageWalk {
 public:
  PageWalk(Http& http, double per_second) : http_(http), per_second_(per_second) {}

  void run(PageAnswer& page) {
    const auto reply = get(page.url, page.fetched_at);
    if (!reply) {
      page.verdict = judge_failure(reply.error());
      if (reply.error().code == ErrorCode::not_found) {
        page.verdict.state = ProbeState::missing;
        page.verdict.reason = describe(reply.error());
      }
      return;
    }
    page.address = reply->url;
    page.hash = hex64(hash64(reply->body));
    page.verdict.status = reply->status;
    if (looks_like_card(reply->body, reply->content_type)) {
      page.verdict.facts = read_personal_card(reply->body);
    } else {
      PersonalPage read = read_personal_page(reply->body, reply->url);
      page.verdict.facts = std::move(read.facts);
      if (!read.card.empty()) add_card(read.card, page.verdict);
    }
    const bool any = !page.verdict.facts.empty();
    page.verdict.state = any ? ProbeState::found : ProbeState::unknown;
    page.verdict.reason = any ? "the page says whose it is"
                              : "the page states nothing about its owner that a program can read";
  }

 private:
  Result<HttpReply> get(const std::string& url, Seconds& at) {
    HttpRequest request;
    request.request.url = url;
    request.request.api = false;
    request.requests_per_second = per_second_;
    auto reply = http_.get(request);
    at = now();
    return reply;
  }

  void add_card(const std::string& address, ProbeVerdict& verdict) {
    Seconds at = kNoTime;
    const auto reply = get(address, at);
    if (!reply || !looks_like_card(reply->body, reply->content_type)) return;
    for (ProfileFact& fact : read_personal_card(reply->body))
      verdict.facts.push_back(std::move(fact));
  }

  Http& http_;
  double per_second_;
};

// Hosts side by side; what goes to one host goes one after the other.
class Hosts {
 public:
  void add(const std::string& host, std::function<void()> work) {
    hosts_[host].push_back(std::move(work));
  }
  void run(Progress& progress) {
    std::vector<std::vector<std::function<void()>>*> queue;
    std::size_t total = 0;
    for (auto& [host, works] : hosts_) {
      queue.push_back(&works);
      total += works.size();
    }
    progress.begin("footprint", "sites", static_cast<double>(total));
    std::atomic<std::size_t> next{0};
    std::atomic<int> done{0};
    const auto work = [&] {
      for (std::size_t mine = next++; mine < queue.size(); mine = next++)
        for (const auto& one : *queue[mine]) {
          one();
          const int count = ++done;
          progress.at(count, count);
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t i = 1; i < std::min(kHostsAtOnce, queue.size()); ++i)
      threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
  }

 private:
  std::map<std::string, std::vector<std::function<void()>>> hosts_;
};

struct Place {
  std::vector<std::string> addresses;  // of the profile or page
  const std::vector<ProfileFact>* facts;
};

bool states(const Place& from, const Place& to) {
  return std::any_of(from.facts->begin(), from.facts->end(), [&](const ProfileFact& fact) {
    return fact.kind == "link" &&
           std::any_of(to.addresses.begin(), to.addresses.end(),
                       [&](const std::string& one) { return same_page(one, fact.value); });
  });
}

std::vector<AddressTie> ties_in(const Footprint& found) {
  std::vector<Place> places;
  for (const SiteAnswer& answer : found.answers)
    if (answer.verdict.state == ProbeState::found && !answer.profile.empty())
      places.push_back({{answer.profile}, &answer.verdict.facts});
  for (const PageAnswer& page : found.pages)
    if (page.verdict.state == ProbeState::found)
      places.push_back({{page.url, page.address}, &page.verdict.facts});
  std::vector<AddressTie> ties;
  for (std::size_t a = 0; a < places.size(); ++a) {
    for (std::size_t b = a + 1; b < places.size(); ++b) {
      const bool there = states(places[a], places[b]), back = states(places[b], places[a]);
      if (!there && !back) continue;
      const std::string &one = places[a].addresses[0], &other = places[b].addresses[0];
      if (same_page(one, other)) continue;
      ties.push_back(there ? AddressTie{one, other, back} : AddressTie{other, one, false});
    }
  }
  return ties;
}

void sum_up(Footprint& out) {
  std::set<std::string> aside;
  for (const SiteAnswer& answer : out.answers) {
    if (answer.set_aside) aside.insert(answer.site);
    const bool asked = !answer.address.empty() || !answer.decoys.empty();
    out.not_sure += asked && (answer.verdict.state == ProbeState::blocked ||
                              answer.verdict.state == ProbeState::unknown);
  }
  for (const PageAnswer& page : out.pages)
    out.not_sure +=
        page.verdict.state == ProbeState::blocked || page.verdict.state == ProbeState::unknown;
  out.set_aside = static_cast<int>(aside.size());
  out.ties = ties_in(out);
}

}  // namespace

Result<Footprint> find_footprint(const Config& config, Http& http, const ProbeSites& sites,
                                 const FootprintWish& wish, Progress& progress) {
  std::vector<SiteJob> jobs = PLUMBLINE_TRY(plan_footprint(config, sites, wish));
  Footprint out;
  Hosts hosts;
  for (SiteJob& job : jobs) {
    if (!job.asks) continue;
    hosts.add(job.place, [&] { SiteWalk(http, sites, job, wish.seed).run(progress); });
  }
  double per_second = 2;
  for (const SiteConfig& site : config.sites)
    if (site.name == "page" && site.per_second > 0) per_second = site.per_second;
  for (const std::string& url : wish.pages) out.pages.push_back({url, {}, kNoTime, {}, {}});
  for (PageAnswer& page : out.pages)
    hosts.add(host_of_url(page.url), [&] { PageWalk(http, per_second).run(page); });
  hosts.run(progress);
  for (SiteJob& job : jobs)
    for (SiteAnswer& answer : job.answers) out.answers.push_back(std::move(answer));
  std::stable_sort(out.answers.begin(), out.answers.end(),
                   [](const SiteAnswer& a, const SiteAnswer& b) { return a.site < b.site; });
  sum_up(out);
  const auto found = std::count_if(
      out.answers.begin(), out.answers.end(),
      [](const SiteAnswer& answer) { return answer.verdict.state == ProbeState::found; });
  progress.end(fmt::format("footprint: {} found, {} not sure, {} sites set aside", found,
                           out.not_sure, out.set_aside));
  return out;
}

}  // namespace plumbline
