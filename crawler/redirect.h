// Where a redirect leads, and what may go there.
#pragma once

#include <string>

#include "base/result.h"
#include "crawler/transfer.h"

namespace plumbline {

// Points the hop at `address`, as libcurl made it absolute. Headers that may be secret stay behind
// when the scheme, host or port changes: all but Accept, Accept-Language and the two that ask
// whether a page changed. Errors: refused for anything but http and https, and for a step from
// https to http while there are such headers; network for an empty address.
Status turn(Hop& hop, const std::string& address);

}  // namespace plumbline
