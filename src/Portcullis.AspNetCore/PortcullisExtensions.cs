using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.ObjectPool;
using Portcullis.Core;

namespace Portcullis.AspNetCore;

/// <summary>Puts the gate into an ASP.NET Core application.</summary>
public static class PortcullisExtensions
{
    /// <summary>Adds a gate over the given state. Call <see cref="UsePortcullis"/> first of all middleware.</summary>
    public static IServiceCollection AddPortcullis(this IServiceCollection services, GateState state)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(state);
        services.TryAddSingleton(state);
        services.TryAddSingleton<Gate>();
        services.TryAddSingleton<HoldBudget>();
        services.TryAddSingleton<NeedResolvers>();
        services.TryAddSingleton<GateDriver>();
        services.TryAddSingleton<ObjectPool<LiveExchange>>(provider => new DefaultObjectPool<LiveExchange>(
            new LiveExchangePolicy(provider.GetRequiredService<HoldBudget>()),
            maximumRetained: 1024
        ));
        return services;
    }

    /// <summary>
    /// Adds a gate over the policy of a file, in this process alone: <c>AddPortcullis(options => options.PolicyFile = "portcullis.yaml")</c>.
    /// Without a storage given, what callers have seen is remembered until the process ends. Key sets and what an issuer says of opaque tokens
    /// are fetched over the network; an <see cref="INeedResolver"/> among the services takes the place of that for its kind.
    /// </summary>
    /// <exception cref="InvalidOperationException">The policy cannot be used; every error is in the message.</exception>
    public static IServiceCollection AddPortcullis(this IServiceCollection services, Action<PortcullisOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new PortcullisOptions();
        configure(options);
        services.AddPortcullis(EmbeddedGate.Open(options));
        services.TryAddSingleton(options.Time);
        return services.AddHostedService<SweepService>();
    }

    /// <summary>
    /// Judges everything that passes through the pipeline after it. Call <c>app.UseRouting()</c> behind it, so that the application routes
    /// what the gate has judged.
    /// </summary>
    public static IApplicationBuilder UsePortcullis(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<PortcullisMiddleware>();
    }
}
