#include "app/footprint_plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/open_http.h"
#include "base/text.h"
#include "crawler/url.h"

namespace plumbline {
namespace {

constexpr std::string_view kNotAsked = "-";  // in place of a host; no host is called so

const SiteConfig* configured(const Config& config, const std::string& name) {
  for (const SiteConfig& site : config.sites)
    if (site.name == name) return &site;
  return nullptr;
}

std::string base_from(const std::string& host) {
  return host.find("://") == std::string::npos ? "https://" + host : host;
}

class Planner {
 public:
  Planner(const Config& config, const ProbeSites& sites, const FootprintWish& wish)
      : config_(config), sites_(sites), wish_(wish) {}

  Result<std::vector<SiteJob>> plan() {
    PLUMBLINE_CHECK(check());
    for (const ProbeSite& site : sites_.sites) PLUMBLINE_CHECK(add(site));
    return std::move(jobs_);
  }

 private:
  bool named(const std::string& site) const {
    return std::find(wish_.sites.begin(), wish_.sites.end(), site) != wish_.sites.end();
  }

  Status check() const {
    std::vector<std::string_view> names;
    for (const ProbeSite& site : sites_.sites) names.push_back(site.name);
    for (const std::string& site : wish_.sites) {
      if (sites_.find(site) != nullptr) continue;
      const std::string_view near = closest(site, names);
      return fail(ErrorCode::invalid,
                  fmt::format("there is no site '{}'{}", escape_terminal(site),
                              near.empty() ? fmt::format("; there are: {}", fmt::join(names, ", "))
                                           : fmt::format("; did you mean '{}'?", near)));
    }
    for (const auto& [site, host] : wish_.registries) {
      const ProbeSite* known = sites_.find(site);
      if (known == nullptr || !known->registry)
        return fail(ErrorCode::invalid,
                    "--registry is KIND=HOST, with KIND one of: " + registry_kinds());
      if (!is_web_url(base_from(host)))
        return fail(ErrorCode::invalid,
                    fmt::format("--registry: '{}' is no host", escape_terminal(host)));
    }
    for (const std::string& page : wish_.pages)
      if (!is_web_url(page))
        return fail(ErrorCode::invalid,
                    fmt::format("--url '{}' must begin with http:// or https://",
                                escape_terminal(shorten(page, 80))));
    if (wish_.names.empty() && wish_.pages.empty() && wish_.email.empty())
      return fail(ErrorCode::invalid, "a NAME, --url or --email is needed");
    return {};
  }

  std::string registry_kinds() const {
    std::vector<std::string_view> kinds;
    for (const ProbeSite& site : sites_.sites)
      if (site.registry) kinds.push_back(site.name);
    return fmt::format("{}", fmt::join(kinds, ", "));
  }

  // Where the site is asked; why it is not, where it cannot be.
  Status reach(const ProbeSite& site, SiteJob& job) const {
    job.site = &site;
    job.per_second = site.per_second;
    if (const SiteConfig* own = configured(config_, site.name)) {
      job.base = own->url;
      job.key = own->token;
      if (own->per_second > 0) job.per_second = own->per_second;
    }
    if (const auto given = wish_.registries.find(site.name); given != wish_.registries.end())
      job.base = base_from(given->second);
    if (site.registry && job.base.empty())
      return fail(ErrorCode::invalid, fmt::format("needs a host: --registry {}=HOST", site.name));
    if (!site.key_header.empty() && job.key.empty())
      return fail(
          ErrorCode::denied,
          fmt::format("needs a key: [[site]] name = \"{}\" and token = {{ env = \"NAME\" }}",
                      site.name));
    if (site.email && wish_.email.empty())
      return fail(ErrorCode::invalid, "needs --email, with an address that the person gave");
    if (!job.base.empty() && site.url.find("{name}") != std::string::npos &&
        job.base.find("{name}") == std::string::npos)
      return fail(ErrorCode::invalid,
                  fmt::format("[[site]] {}: its url must hold {{name}}, as the site's own does",
                              site.name));
    return {};
  }

  Status add(const ProbeSite& site) {
    if (!wish_.sites.empty() && !named(site.name)) return {};
    SiteJob job;
    if (Status reached = reach(site, job); !reached) {
      if (named(site.name))
        return fail(reached.error().code, site.name + " " + reached.error().message);
      if (!wish_.all) return {};
      SiteAnswer answer = blank(site, "");
      answer.verdict.reason = "not asked: " + reached.error().message;
      job.answers.push_back(std::move(answer));
      jobs_.push_back(std::move(job));
      return {};
    }
    const std::vector<std::string> names =
        site.email ? std::vector<std::string>{wish_.email} : wish_.names;
    for (const std::string& name : names) add_name(job, name);
    return {};
  }

  static SiteAnswer blank(const ProbeSite& site, const std::string& name) {
    SiteAnswer answer;
    answer.site = site.name;
    answer.title = site.title;
    answer.name = name;
    return answer;
  }

  void add_name(const SiteJob& like, const std::string& given) {
    SiteAnswer answer = blank(*like.site, given);
    const auto name = name_at(*like.site, given);
    if (!name) {
      answer.verdict.state = ProbeState::illegal_name;
      answer.verdict.reason = name.error().message;
      job_of(like, kNotAsked).answers.push_back(std::move(answer));
      return;
    }
    answer.profile = profile_address(*like.site, *name);
    SiteJob& job = job_of(like, name->host);
    job.asks = true;
    job.place = place_of(plan_probe(*like.site, *name, like.base).url, like);
    job.answers.push_back(std::move(answer));
  }

  // Names that are not asked for make a job of their own, so that a walk asks for all it has.
  SiteJob& job_of(const SiteJob& like, std::string_view host) {
    for (SiteJob& one : jobs_)
      if (one.site == like.site && one.host == host) return one;
    jobs_.push_back(like);
    jobs_.back().host = host;
    return jobs_.back();
  }

  // Subdomains made of names are one place.
  static std::string place_of(const std::string& url, const SiteJob& job) {
    const bool named = job.base.empty() && job.site->url.find("{name}") != std::string::npos;
    return named ? job.site->name : host_of_url(url);
  }

  const Config& config_;
  const ProbeSites& sites_;
  const FootprintWish& wish_;
  std::vector<SiteJob> jobs_;
};

}  // namespace

Result<std::vector<SiteJob>> plan_footprint(const Config& config, const ProbeSites& sites,
                                            const FootprintWish& wish) {
  return Planner(config, sites, wish).plan();
}

}  // namespace plumbline
