// Days as people name them, counted from the day of a mention: "last week", "in March", "the 5th".
#pragma once

#include "base/time.h"
#include "model/entity.h"
#include "nlp/entity_words.h"

namespace plumbline {

// First and last day; kNoDay where it cannot be told.
struct Days {
  Day from = kNoDay, to = kNoDay;
};

// The day of a date, kNoDay where there is none such.
Day day_of(int year, int month, int day);

// The day (UTC) of a mention; kNoDay where its time is not known.
Day day_of_mention(Seconds published);

int civil_year(Day day);

// The whole month, the whole year; no days where there is none such.
Days month_of(int year, int month);
Days whole_year(int year);

// So many units away, as a whole: the day, the week from Monday, the month, the year.
Days away(Day from, int count, DayUnit unit);

// The last such day (`day` 0: month) up to `today`, unless the next is near; `way` -1: before
// today, 1: after it. No days where `today` is not known.
Days nearest(Day today, int month, int day, int way = 0);

}  // namespace plumbline
