#include "app/recheck.h"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "app/open_http.h"
#include "app/page_batch.h"

namespace plumbline {
namespace {

constexpr int kLeastRequests = 20, kMostRequests = 200;
constexpr std::size_t kTooManyGone = 20;

class Rechecking {
 public:
  Rechecking(Workspace& workspace, const SourceConfig& config, Http& http, RecheckWish wish)
      : workspace_(workspace),
        config_(config),
        source_(*find_source(config.kind)),
        http_(http),
        wish_(std::move(wish)),
        brands_(workspace),
        prefix_(id_prefix(config)) {
    wish_.query.since = kNoTime;  // what is old is asked for on purpose
  }

  Status run(PutOutcome& put) {
    if (another_site()) return {};
    const int requests =
        std::clamp(static_cast<int>(wish_.requests_per_second * 60), kLeastRequests, kMostRequests);
    const std::string key = "recheck " + identity(config_);
    for (int asked = 0; asked < requests; ++asked) {
      if (asked == requests / 2) go_on_from(PLUMBLINE_TRY(workspace_.store->note(key)));
      const auto ids = PLUMBLINE_TRY(next_ids());
      Batch batch;
      if (!ids.empty() && !PLUMBLINE_TRY(ask(ids, batch))) return {};
      if (ids.empty() || asked >= requests / 2)
        batch.notes.emplace_back(key, ids.empty() ? "" : std::to_string(below_));
      add_to(put, PLUMBLINE_TRY(workspace_.store->put(batch)));
      if (ids.empty()) return {};
    }
    return {};
  }

 private:
  // Ids that do not say their site could be those of another [[source]] of this kind.
  bool another_site() const {
    if (!prefix_.empty()) return false;
    for (const SourceConfig& other : workspace_.config.sources)
      if (other.kind == config_.kind && host_to_ask(other) != host_to_ask(config_)) return true;
    return false;
  }

  // The second half of the round belongs to what lies further back than the newest.
  void go_on_from(const std::string& note) {
    const std::int64_t place = std::strtoll(note.c_str(), nullptr, 10);
    if (place > 0) below_ = std::min(below_, place);
  }

  int group_of(const std::string& id) const {
    return source_.recheck_group == nullptr ? 0 : source_.recheck_group(wish_.query, id);
  }

  // As the source knows it; empty for one that is another site's or cannot be asked for. Ids that
  // are addresses hold without their site.
  std::string askable(const std::string& kept) const {
    // A site's own prefix may hold a colon too, before its port.
    const bool own = kept.rfind(prefix_, 0) == 0;
    const bool address = !own && kept.find(':') != std::string::npos;
    if (!address && !own) return {};
    // Without a rule of its own a source has no say in addresses, which may be those of any site.
    if (address && source_.recheck_group == nullptr) return {};
    const std::string id = address ? kept : kept.substr(prefix_.size());
    return group_of(id) < 0 ? std::string() : id;
  }

  // Looks through what is kept until some group is full, or nothing is left.
  Result<std::vector<std::string>> next_ids() {
    for (;;) {
      const auto kept = PLUMBLINE_TRY(workspace_.store->newest_ids(
          config_.kind, source_.recheck_group == nullptr ? prefix_ : "", below_,
          static_cast<int>(source_.recheck_at_once)));
      for (const auto& [row, id] : kept) {
        below_ = row;
        const std::string known = wish_.seen.count(id) == 0 ? askable(id) : std::string();
        if (!known.empty()) waiting_[group_of(known)].push_back(known);
      }
      for (auto& [group, ids] : waiting_)
        if (ids.size() >= source_.recheck_at_once || (kept.empty() && !ids.empty()))
          return take(ids);
      if (kept.empty()) return std::vector<std::string>();
    }
  }

  std::vector<std::string> take(std::vector<std::string>& ids) const {
    const auto count = std::min(ids.size(), source_.recheck_at_once);
    const auto end = ids.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<std::string> out(ids.begin(), end);
    ids.erase(ids.begin(), end);
    return out;
  }

  // What came by itself in this run surely exists: a site that does not give it when asked does not
  // understand the question. Empty if nothing of this group came.
  std::string control(int group) const {
    for (const std::string& id : wish_.seen)
      if (const std::string known = askable(id); !known.empty() && group_of(known) == group)
        return known;
    return {};
  }

  // The page with what is gone among its `deleted`; an error where the site would not answer, or
  // answered another question. A 404 for one id is an empty page.
  Result<Page> ask_for(const std::vector<std::string>& ids) {
    const Request request = PLUMBLINE_TRY(source_.recheck(wish_.query, ids));
    const auto reply =
        http_.get({request, {}, wish_.requests_per_second, source_.told_to_wait, source_.is_gone});
    Page page;
    if (reply) {
      page = PLUMBLINE_TRY(
          source_.parse(reply->body, wish_.query,
                        {std::string(kRecheck), reply->link, reply->url, reply->content_type}));
      http_.pause(reply->url, page.wait_seconds);
    } else if (source_.is_there_if_denied && reply.error().code == ErrorCode::denied &&
               ids.size() == 1) {
      understood_.insert(group_of(ids.front()));
      return page;
    } else if (reply.error().code != ErrorCode::not_found || ids.size() != 1) {
      return tl::unexpected(reply.error());
    }
    std::set<std::string> back(page.deleted.begin(), page.deleted.end());
    for (const Document& document : page.documents) {
      if (std::find(ids.begin(), ids.end(), document.id) == ids.end())
        return fail(ErrorCode::parse, "gave what was not asked for", config_.label);
      back.insert(document.id);
      understood_.insert(group_of(document.id));
    }
    for (const std::string& id : ids)
      if (back.count(id) == 0) page.deleted.push_back(id);
    return page;
  }

  // False where the round ends: no answer, or one that is not to be believed.
  Result<bool> ask(const std::vector<std::string>& ids, Batch& batch) {
    auto page = ask_for(ids);
    if (!page) return false;
    const int group = group_of(ids.front());
    if (understood_.count(group) == 0 && !page->deleted.empty()) {
      const std::string known = control(group);
      if (!known.empty()) {
        if (!ask_for({known}) || understood_.count(group) == 0) return false;
      } else if (source_.recheck_at_once == 1 || ids.size() >= kTooManyGone) {
        return false;  // more likely that the site does not know the question
      }
    }
    batch = batch_of(*page, workspace_, config_, brands_).batch;
    return true;
  }

  Workspace& workspace_;
  const SourceConfig& config_;
  const Source& source_;
  Http& http_;
  RecheckWish wish_;
  const BrandFinder brands_;
  const std::string prefix_;
  std::map<int, std::vector<std::string>> waiting_;  // by group: not yet enough for a request
  std::int64_t below_ = 0;                           // row
  std::set<int> understood_;  // groups of which the site gave something that was asked for
};

}  // namespace

Status recheck(Workspace& workspace, const SourceConfig& source, Http& http, RecheckWish wish,
               PutOutcome& put) {
  return Rechecking(workspace, source, http, std::move(wish)).run(put);
}

}  // namespace plumbline
