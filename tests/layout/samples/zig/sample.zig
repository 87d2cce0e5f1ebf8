//! Types in Zig whose layouts are compared with what the compiler says of them.
const std = @import("std");
pub const P = packed struct { a: u3, b: u5, c: u17, d: bool };
pub const S = struct { a: u8, b: u64, c: u7, d: ?*u8, e: ?u32, f: []const u8, g: [3]u16, h: std.atomic.Value(u32), i: union(enum) { x: u8, y: f64 }, j: error{A}!u64, k: P, l: u128 };
pub const E = extern struct { a: u8, b: u64, c: u32 = 0 };
var s: S = undefined;
var e: E = undefined;
export fn touch() void {
    std.mem.doNotOptimizeAway(&s);
    std.mem.doNotOptimizeAway(&e);
}
