// The network as a script, and a workspace to read it into.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "app/workspace.h"
#include "crawler/http.h"
#include "scratch.h"

namespace plumbline {

// Answers by address; counts what it was asked.
class ScriptedHttp : public Http {
 public:
  std::int64_t paused = 0;  // seconds, all in all
  void pause(const std::string&, std::int64_t seconds) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    paused += seconds;
  }

  std::map<std::string, Result<HttpReply>> replies;
  std::vector<HttpRequest> asked;

  Result<HttpReply> get(const HttpRequest& request) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    asked.push_back(request);
    const auto found = replies.find(request.request.url);
    if (found == replies.end())
      return fail(ErrorCode::not_found, "no such page", request.request.url);
    if (found->second && !request.validators.etag.empty() &&
        request.validators.etag == found->second->validators.etag) {
      HttpReply unchanged = *found->second;
      unchanged.status = 304;
      unchanged.body.clear();
      return unchanged;
    }
    return found->second;
  }
  void page(const std::string& url, const std::string& body, const std::string& etag = {}) {
    replies.insert_or_assign(
        url, HttpReply{200, url, body, "application/rss+xml", "", {etag, ""}, kNoTime});
  }

 private:
  std::mutex mutex_;  // several sources are read at once
};

inline std::string feed(const std::vector<std::pair<std::string, std::string>>& items) {
  std::string xml = "<rss version='2.0'><channel><title>t</title>";
  for (const auto& [id, text] : items)
    xml += "<item><guid isPermaLink='false'>" + id +
           "</guid><author>ada@x.example (Ada)</author><pubDate>Mon, 02 Nov 2026 08:00:00 "
           "GMT</pubDate><description>" +
           text + "</description></item>";
  return xml + "</channel></rss>";
}

inline Workspace open_workspace_of(const Scratch& scratch, const std::string& config) {
  scratch.file("plumbline.toml", config);
  auto workspace = open_workspace(scratch.path(), Access::write);
  if (!workspace) {
    ADD_FAILURE() << describe(workspace.error());
    std::abort();
  }
  return std::move(*workspace);
}

}  // namespace plumbline
