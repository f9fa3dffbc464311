//! The lot that decides between sets of pairs which are otherwise worth the same.
//!
//! It is drawn from people's stable ids alone, so that neither the order in which they are listed nor
//! anybody's place in the alphabet decides. Each pair draws a number, and the least sum wins. With numbers
//! this large two best sets with the same sum are next to impossible (with `e` possible pairs and numbers
//! below `n`, the chance that the least sum is not unique is below `e / n`: the isolation lemma of Mulmuley,
//! Vazirani and Vazirani). Should it happen nevertheless, the solver still gives one result for the same
//! people, because it is handed them in the order of their ids.

/// How many bits of a lot count.
pub const LOT_BITS: u32 = 40;

/// What somebody's lots are drawn from. Give mentees and mentors ids that differ, for example by a prefix.
#[must_use]
pub fn lot_key(id: &[u8]) -> u64 {
    // FNV-1a, whose low entropy in short texts the mixing makes good.
    let hash = id
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    mix(hash)
}

/// The lot of a pair: less than 2^[`LOT_BITS`].
#[inline]
#[must_use]
pub(super) fn lot(mentee_key: u64, mentor_key: u64) -> u64 {
    mix(mentee_key ^ mentor_key.rotate_left(32)) >> (64 - LOT_BITS)
}

/// Spreads a number over all bits (the finish of splitmix64).
#[inline]
const fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}
