//! Prints what the compiler says of the types in sample.zig: name, size, alignment, then each field.
const std = @import("std");
const sample = @import("sample.zig");
pub fn main() void {
    inline for (.{ sample.S, sample.E }) |T| {
        std.debug.print("{s} {} {}", .{ @typeName(T), @sizeOf(T), @alignOf(T) });
        inline for (comptime std.meta.fieldNames(T)) |f| {
            std.debug.print(" {s}={}+{}", .{ f, @offsetOf(T, f), @sizeOf(@FieldType(T, f)) });
        }
        std.debug.print("\n", .{});
    }
    std.debug.print("{s} {} {}", .{ @typeName(sample.P), @sizeOf(sample.P), @alignOf(sample.P) });
    inline for (comptime std.meta.fieldNames(sample.P)) |f| {
        std.debug.print(" {s}={}:{}", .{ f, @bitOffsetOf(sample.P, f), @bitSizeOf(@FieldType(sample.P, f)) });
    }
    std.debug.print("\n", .{});
}
