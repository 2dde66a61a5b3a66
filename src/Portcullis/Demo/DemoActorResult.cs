namespace Portcullis.Demo;

/// <summary>What became of one actor in one act.</summary>
internal sealed record DemoActorResult
{
    public required string Name { get; init; }

    public required string Request { get; init; }

    public required string Story { get; init; }

    public required bool IsAttacker { get; init; }

    public required int Sent { get; init; }

    public required int Refused { get; init; }

    public required int Failed { get; init; }

    /// <summary>Number of the first refused request, from 1; 0 for none.</summary>
    public required int FirstRefused { get; init; }

    /// <summary>People whose records it received; 0 for honest callers.</summary>
    public required int Lost { get; init; }

    public static DemoActorResult Of(DemoActor actor) =>
        new()
        {
            Name = actor.Name,
            Request = actor.Request,
            Story = actor.Story,
            IsAttacker = actor.IsAttacker,
            Sent = actor.Sent,
            Refused = actor.Refused,
            Failed = actor.Failed,
            FirstRefused = actor.FirstRefused,
            Lost = actor.Loss?.Count ?? 0,
        };
}
