// What `train own` tells: both tiers with and without the shift, on labels held out.
#pragma once

#include <string>

#include "app/train_own.h"

namespace plumbline {

std::string own_text(const TrainedOwn& trained);
std::string own_json(const TrainedOwn& trained);
// Why the model is not used.
std::string own_refusal(const TrainedOwn& trained);

}  // namespace plumbline
