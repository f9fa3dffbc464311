//! Realistic library staff, made from a seed: who could be paired with whom, and how well.
//!
//! Library systems differ in size as California's do; people of one system are not paired, nor are people who
//! share no hour or no way to meet. That rules out 35 to 40 of 100 pairs. Mentors take one to three mentees,
//! and scores come in few steps, so that there are many ties. It uses no real person and no real answer.

use plsep_domain::matching::{Instance, Parts, Policy, Table, lot_key};

/// Numbers that look like chance and are the same every time (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// The next one below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.draw() % bound
    }
}

/// How many library systems there are.
const SYSTEMS: u64 = 60;

struct Person {
    system: u64,
    /// Bits: specialisations sought or offered, of sixteen.
    topics: u16,
    /// Bits: times of the week, of six.
    times: u8,
    /// Bits: ways to meet, of four.
    formats: u8,
    /// Bits: languages, of which the first is English.
    languages: u8,
    position: u64,
    years: u64,
}

fn bits(numbers: &mut Numbers, of: u64, how_many: u64) -> u64 {
    (0..how_many).fold(0, |bits, _| {
        // The product of two draws makes a few bits popular, as some topics and hours are.
        let bit = numbers.below(of) * (1 + numbers.below(of)) / of;
        bits | 1 << bit
    })
}

fn person(numbers: &mut Numbers, is_mentor: bool) -> Person {
    // Small systems are many and large ones few.
    let system = numbers.below(SYSTEMS) * numbers.below(SYSTEMS) / SYSTEMS;
    let topics = if is_mentor { 3 + numbers.below(6) } else { 2 + numbers.below(4) };
    let (times, formats, languages) = (2 + numbers.below(3), 1 + numbers.below(3), numbers.below(3) / 2);
    Person {
        system,
        topics: u16::try_from(bits(numbers, 16, topics)).expect("sixteen bits"),
        times: u8::try_from(bits(numbers, 6, times)).expect("six bits"),
        formats: u8::try_from(bits(numbers, 4, formats)).expect("four bits"),
        languages: u8::try_from(1 | bits(numbers, 6, languages)).expect("six bits"),
        position: numbers.below(5) + if is_mentor { 3 } else { 0 },
        years: numbers.below(12) + if is_mentor { 6 } else { 0 },
    }
}

fn score(mentee: &Person, mentor: &Person) -> Option<u8> {
    let times = (mentee.times & mentor.times).count_ones();
    let formats = (mentee.formats & mentor.formats).count_ones();
    if mentee.system == mentor.system || times == 0 || formats == 0 {
        return None;
    }
    let shared = (mentee.topics & mentor.topics).count_ones() * 50 / mentee.topics.count_ones();
    let fewest_formats = mentee.formats.count_ones().min(mentor.formats.count_ones());
    let years = u32::try_from(mentor.years.saturating_sub(mentee.years).min(5)).expect("at most five");
    let total = shared
        + if times > 1 { 20 } else { 10 }
        + formats * 10 / fewest_formats
        + if mentee.languages & mentor.languages > 1 { 5 } else { 3 }
        + if mentor.position > mentee.position { 10 } else { 0 }
        + years;
    Some(u8::try_from(total).expect("the parts add up to at most 100"))
}

/// So many mentees, and mentors with so many places together.
pub fn staff(mentees: usize, places: usize, seed: u64) -> Instance {
    let mut numbers = Numbers(seed);
    let seekers: Vec<Person> = (0..mentees).map(|_| person(&mut numbers, false)).collect();
    let (mut guides, mut capacities, mut left) = (Vec::new(), Vec::new(), places);
    while left > 0 {
        let capacity = usize::try_from(1 + numbers.below(3)).expect("at most three").min(left);
        guides.push(person(&mut numbers, true));
        capacities.push(u32::try_from(capacity).expect("at most three"));
        left -= capacity;
    }
    let mut table = Table::new(mentees, guides.len());
    for (row, mentee) in seekers.iter().enumerate() {
        for (column, mentor) in guides.iter().enumerate() {
            table.set(row, column, score(mentee, mentor));
        }
    }
    let keys = |role: &str, count: usize| (0..count).map(|id| lot_key(format!("{role} {id}").as_bytes())).collect();
    Instance::new(Parts {
        pinned: vec![None; mentees],
        previous: vec![None; mentees],
        returning: vec![false; mentees],
        mentee_keys: keys("mentee", mentees),
        mentor_keys: keys("mentor", guides.len()),
        places: capacities,
        table,
        policy: Policy::default(),
    })
    .expect("staff fit")
}
