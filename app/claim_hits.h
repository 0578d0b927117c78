// Which mentions of a brand carry a claim of the plumb line, or say the opposite of it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/workspace.h"
#include "market/report.h"

namespace plumbline {

// The things that a claim is about, in any of its wordings: "deliver" in "Delivered in three days".
class ClaimMatter {
 public:
  explicit ClaimMatter(const Claim& claim);
  // False of a sentence that shares a number or a time with the claim and nothing else. True of
  // every sentence where the claim is nothing but a time.
  bool is_in(std::string_view sentence) const;

 private:
  std::set<std::string> names_;
  std::vector<std::string> unspaced_;  // wordings in scripts without blanks
};

Result<std::vector<ClaimHit>> claim_hits(const Workspace& workspace, const MentionTable& table,
                                         const std::string& brand);

}  // namespace plumbline
