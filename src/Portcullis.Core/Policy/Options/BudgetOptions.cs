using Portcullis.Core.Budgets;
using Portcullis.Core.Expressions;

namespace Portcullis.Core.Policy.Options;

/// <summary>A ceiling on distinct subjects over time, as written.</summary>
public sealed record BudgetOptions
{
    [Option(
        "Name in findings and reports; what was used stays with it when limit or window change.",
        Form = OptionForm.Name,
        IsRequired = true
    )]
    public string Name { get; set; } = "";

    [Option("Whose releases add up: those of each `caller`, or of all members of the `pool` together.")]
    public BudgetScope Per { get; set; }

    [Option("The pool whose members it covers; without it everybody.", Form = OptionForm.Name)]
    public string? Pool { get; set; }

    [Option("Operations that add up; without it all of them.", Form = OptionForm.Operation)]
    public List<string> Operations { get; set; } = [];

    [Option(
        "Most distinct people (subjects) within the window.",
        IsRequired = true,
        Min = "1",
        Max = "1000000000",
        Example = "5"
    )]
    public int Limit { get; set; }

    [Option("Length of the sliding window. Counted in minutes up to two hours, in hours above.", Min = "1m", Max = "30d")]
    public TimeSpan Window { get; set; } = TimeSpan.FromDays(1);

    [Option(
        "What happens to a record that no longer fits: `clip` cuts it from lists and refuses single ones, `refuse` refuses the whole answer, `mask` masks its protected values, `token` asks anonymous callers to sign in, `degrade` asks anonymous callers to sign in and masks for others, as many records as the limit has, before it refuses.",
        Default = "`degrade` per pool, `clip` per caller"
    )]
    public OverBudgetWord? Over { get; set; }

    [Option(
        "Share of a pool's limit of which each member may use only an equal part, so that greedy members leave the rest to quiet ones; only members first seen a day ago or earlier, or in the pools of strangers any network.",
        Min = "0%",
        Max = "90%",
        Example = "20%",
        Default = "20% per pool"
    )]
    public double? Reserve { get; set; }
}
