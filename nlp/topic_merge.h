// Joins clusters that tell a reader the same thing, so that the number of topics follows from what
// is talked about and not from how many clusters there were to begin with.
#pragma once

#include <cstddef>

#include "nlp/gsdmm.h"

namespace plumbline {

// Joins the two most alike clusters, again and again, until none are more alike than `alike`
// (0..1, the cosine of their words, common ones weighing little). None with more than `largest`
// texts is made: one that takes in everything tells nothing.
void join_alike(Gsdmm& model, std::size_t words, double alike, std::size_t largest);

}  // namespace plumbline
