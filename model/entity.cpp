#include "model/entity.h"

namespace plumbline {
namespace {
constexpr std::string_view kEntityNames[kEntityKinds] = {"brand", "product", "person",
                                                         "place", "money",   "date"};
constexpr std::string_view kOfferNames[kOfferKinds] = {"percent", "amount", "bundle",
                                                       "free",    "code",   "sale"};
}  // namespace

std::string_view name_of(EntityKind kind) { return kEntityNames[static_cast<int>(kind)]; }

std::string_view name_of(OfferKind kind) { return kOfferNames[static_cast<int>(kind)]; }

}  // namespace plumbline
