//! Intel's matrix tiles. The compiler has no stable names for them, so they are written
//! in assembler.

use std::arch::asm;
use std::arch::x86_64::__cpuid_count;
use std::marker::PhantomData;

use super::STEP;
use super::tiles::{Operands, Results, SIDE, TILE};

/// Whether the processor has tiles for bytes and for 16-bit floats, and the system lets
/// this process use them.
pub(super) fn available() -> bool {
    /// Bits of register D in leaf 7: `amx-bf16`, `amx-tile`, `amx-int8`.
    const NEEDED: u32 = 1 << 22 | 1 << 24 | 1 << 25;
    __cpuid_count(0, 0).eax >= 7 && __cpuid_count(7, 0).edx & NEEDED == NEEDED && permitted()
}

/// Asks Linux for the tile state, as it wants it before the first use; the answer holds
/// for every thread that the process starts.
#[cfg(target_os = "linux")]
fn permitted() -> bool {
    const ARCH_PRCTL: isize = 158;
    const REQUEST: usize = 0x1023;
    const TILE_DATA: usize = 18;
    let answer: isize;
    // SAFETY: this call has two numbers and touches no memory of the process; a kernel
    // that does not know it says so
    #[allow(unsafe_code, reason = "the standard library has no such call")]
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") ARCH_PRCTL => answer,
            in("rdi") REQUEST,
            in("rsi") TILE_DATA,
            lateout("rcx") _,
            lateout("r11") _,
            options(nostack),
        );
    }
    answer == 0
}

#[cfg(not(target_os = "linux"))]
fn permitted() -> bool {
    false
}

/// The layout of the eight tiles, all of 16 rows of 64 bytes, as the processor reads it.
#[repr(C, align(64))]
struct Configuration {
    palette: u8,
    start: u8,
    reserved: [u8; 14],
    row_bytes: [u16; 16],
    rows: [u8; 16],
}

static ALL_ALIKE: Configuration = Configuration {
    palette: 1,
    start: 0,
    reserved: [0; 14],
    row_bytes: [64, 64, 64, 64, 64, 64, 64, 64, 0, 0, 0, 0, 0, 0, 0, 0],
    rows: [16, 16, 16, 16, 16, 16, 16, 16, 0, 0, 0, 0, 0, 0, 0, 0],
};

/// While it lives this thread's tiles are laid out; then they are given back, so that
/// the system need not save them. Only one at a time on a thread.
pub(crate) struct TileState {
    /// The state is a thread's.
    thread: PhantomData<*const ()>,
}

impl TileState {
    /// Only where [`available`] said yes, as [`super::Path`] knows.
    pub(super) fn new() -> Self {
        // SAFETY: the processor has tiles and the process may use them; the configuration
        // is 64 bytes in the processor's form
        #[allow(unsafe_code, reason = "tiles are set up by an instruction")]
        unsafe {
            asm!(
                "ldtilecfg [{0}]",
                in(reg) &raw const ALL_ALIKE,
                options(nostack, readonly, preserves_flags),
            );
        }
        Self {
            thread: PhantomData,
        }
    }
}

impl Drop for TileState {
    fn drop(&mut self) {
        // SAFETY: no tile is in use beyond the life of the state
        #[allow(unsafe_code, reason = "tiles are given back by an instruction")]
        unsafe {
            asm!("tilerelease", options(nostack, nomem, preserves_flags));
        }
    }
}

/// One block: four tiles of results, in each step two tiles of rows by two of weights.
pub(super) fn kernel(_state: &TileState, operands: &Operands, results: &mut Results) {
    let Operands { rows, panel, steps } = *operands;
    let stride = steps * STEP;
    assert!(steps > 0 && rows.len() >= SIDE * stride && panel.len() >= 2 * TILE * steps);
    // SAFETY: the assertion says that `rows` holds two tiles' rows of `steps` × 64 bytes and
    // `panel` two tiles for each step, which is what the loop reads; `results` holds the four
    // tiles written. The tiles are laid out, as the state says.
    #[allow(unsafe_code, reason = "tiles are used by instructions")]
    unsafe {
        asm!(
            "tilezero tmm0",
            "tilezero tmm1",
            "tilezero tmm2",
            "tilezero tmm3",
            "2:",
            "tileloadd tmm4, [{upper} + {stride}]",
            "tileloadd tmm6, [{panel} + {line}]",
            "tdpbusd tmm0, tmm4, tmm6",
            "tileloadd tmm7, [{panel} + {line} + 1024]",
            "tdpbusd tmm1, tmm4, tmm7",
            "tileloadd tmm5, [{lower} + {stride}]",
            "tdpbusd tmm2, tmm5, tmm6",
            "tdpbusd tmm3, tmm5, tmm7",
            "add {upper}, 64",
            "add {lower}, 64",
            "add {panel}, 2048",
            "dec {steps}",
            "jnz 2b",
            "tilestored [{results} + 2 * {line}], tmm0",
            "tilestored [{results} + 2 * {line} + 64], tmm1",
            "tilestored [{results} + 2 * {line} + 2048], tmm2",
            "tilestored [{results} + 2 * {line} + 2112], tmm3",
            upper = inout(reg) rows.as_ptr() => _,
            lower = inout(reg) rows.as_ptr().add(SIDE / 2 * stride) => _,
            panel = inout(reg) panel.as_ptr() => _,
            steps = inout(reg) steps => _,
            stride = in(reg) stride,
            line = in(reg) 64_usize,
            results = in(reg) results.0.as_mut_ptr(),
            out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
            out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
            options(nostack),
        );
    }
}
