using Microsoft.Extensions.Time.Testing;
using Portcullis.Core.Expressions;
using Portcullis.Core.Hashing;
using Portcullis.Core.Identity;
using Portcullis.Core.Identity.Keys;
using Portcullis.Core.Traffic;
using Portcullis.TestKit;
using Portcullis.Tests.Identity;

namespace Portcullis.Tests.Keys;

public sealed class ApiKeyStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("portcullis-keys").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly KeyRing _keys = KeyRing.CreateRandom();

    private string File => Path.Combine(_folder, "keys.json");

    private long WallNow => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ApiKeyStore Open() => new(File, _keys, _time);

    [Fact]
    public void A_key_is_recognisable_and_never_stored()
    {
        var issued = Open().Issue(new ApiKeyRequest { Name = "partner" });
        Assert.StartsWith("pck_", issued.Text, StringComparison.Ordinal);
        Assert.True(ApiKeyText.IsWellFormed(issued.Text));
        Assert.False(ApiKeyText.IsWellFormed(issued.Text[..^1] + (issued.Text[^1] == 'a' ? 'b' : 'a')));
        Assert.DoesNotContain(issued.Text, System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.DoesNotContain(issued.Text, issued.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_survives_a_restart_and_its_file_is_for_the_owner_alone()
    {
        var issued = Open()
            .Issue(
                new ApiKeyRequest
                {
                    Name = "partner",
                    Owner = "acme",
                    Scopes = ["read"],
                }
            );
        var found = Open().Ring.Find(issued.Text, WallNow);
        Assert.Equal(issued.Record.Id, found?.Id);
        Assert.Equal("read"u8.ToArray(), found!.Identity.Claims.ValueOf("scope").ToArray());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_revoked_key_fails_at_once_and_after_a_restart()
    {
        var store = Open();
        var issued = store.Issue(new ApiKeyRequest { Name = "partner" });
        Assert.NotNull(store.Ring.Find(issued.Text, WallNow));
        Assert.True(store.Revoke(issued.Record.Id));
        Assert.Null(store.Ring.Find(issued.Text, WallNow));
        Assert.Null(Open().Ring.Find(issued.Text, WallNow));
        Assert.False(store.Revoke(issued.Record.Id));
        Assert.NotNull(store.List().Single().RevokedAt);
    }

    [Fact]
    public void A_rotated_key_has_both_texts_until_the_overlap_ends_and_one_rung()
    {
        var store = Open();
        var first = store.Issue(new ApiKeyRequest { Name = "partner" });
        var second = store.Rotate(first.Record.Id, TimeSpan.FromHours(1))!;
        Assert.Equal(store.Ring.Find(first.Text, WallNow)!.KeyRung, store.Ring.Find(second.Text, WallNow)!.KeyRung);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(store.Ring.Find(first.Text, WallNow));
        Assert.NotNull(store.Ring.Find(second.Text, WallNow));
    }

    [Fact]
    public void Revoking_a_rotated_key_ends_its_previous_text_too()
    {
        var store = Open();
        var first = store.Issue(new ApiKeyRequest { Name = "partner" });
        store.Rotate(first.Record.Id, TimeSpan.FromHours(1));
        store.Revoke(first.Record.Id);
        Assert.Null(store.Ring.Find(first.Text, WallNow));
    }

    [Fact]
    public void A_key_ends_when_it_was_said_to()
    {
        var store = Open();
        var issued = store.Issue(new ApiKeyRequest { Name = "trial", ExpiresAt = _time.GetUtcNow().AddDays(1) });
        _time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        Assert.NotNull(store.Ring.Find(issued.Text, WallNow));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(store.Ring.Find(issued.Text, WallNow));
    }

    [Fact]
    public void A_damaged_file_is_said_and_not_overwritten()
    {
        System.IO.File.WriteAllText(File, "{\"version\":1,\"keys\":[{");
        var fault = Assert.Throws<InvalidDataException>(() => Open());
        Assert.Contains(File, fault.Message, StringComparison.Ordinal);
        Assert.Equal("{\"version\":1,\"keys\":[{", System.IO.File.ReadAllText(File));
    }

    [Theory]
    [InlineData(KeySharing.None)]
    [InlineData(KeySharing.Installed)]
    public void Only_a_back_end_may_name_end_users(KeySharing sharing) =>
        Assert.Throws<ArgumentException>(() =>
            Open()
                .Issue(
                    new ApiKeyRequest
                    {
                        Name = "app",
                        Sharing = sharing,
                        EndUserHeader = "X-User",
                    }
                )
        );

    [Fact]
    public void A_key_of_the_store_is_a_caller_and_its_owner_an_account()
    {
        var bench = new IdentityBench(new IdentityPlan());
        var issued = bench.State.Identity.ApiKeys.Issue(new ApiKeyRequest { Name = "partner", Owner = "acme" });
        var exchange = bench.Ask(("X-Api-Key", issued.Text));
        Assert.False(exchange.IsRefused);
        Assert.Equal(2, exchange.RungCount);
        Assert.Equal(AccountKey.Of(bench.Keys, "", "acme"), exchange.Caller!.Key);
    }

    [Fact]
    public void A_key_of_our_form_that_nobody_issued_is_refused()
    {
        var bench = new IdentityBench(new IdentityPlan());
        Assert.Equal("identity/unknown-key", bench.Ask(("X-Api-Key", ApiKeyText.Create())).Reason?.Id);
    }

    [Fact]
    public void A_key_in_the_query_counts_where_policy_names_its_parameter()
    {
        var bench = new IdentityBench(new IdentityPlan { ApiKeyQuery = "key"u8.ToArray() });
        var first = bench.State.Identity.ApiKeys.Issue(new ApiKeyRequest { Name = "first" });
        var second = bench.State.Identity.ApiKeys.Issue(new ApiKeyRequest { Name = "second" });

        bench.Target = $"/account?a=1&%6Bey={first.Text}";
        Assert.False(bench.Ask().IsRefused);
        Assert.Equal(Rung.ApiKey, bench.Ask().Caller?.Rung);
        bench.Target = $"/account?KEY={first.Text}";
        Assert.Equal("admission/authentication-required", bench.Ask().Reason?.Id);
        bench.Target = $"/account?key={ApiKeyText.Create()}";
        Assert.Equal("identity/unknown-key", bench.Ask().Reason?.Id);
        bench.Target = $"/account?key={first.Text}&key={second.Text}";
        Assert.Equal("identity/unknown-key", bench.Ask().Reason?.Id);
        bench.Target = $"/account?key={first.Text}";
        Assert.Equal("identity/unknown-key", bench.Ask(("X-Api-Key", ApiKeyText.Create())).Reason?.Id);
    }

    [Fact]
    public void A_key_in_the_query_is_not_looked_for_unless_policy_says_so()
    {
        var bench = new IdentityBench(new IdentityPlan());
        bench.Target = $"/account?key={bench.State.Identity.ApiKeys.Issue(new ApiKeyRequest { Name = "first" }).Text}";

        Assert.Equal("admission/authentication-required", bench.Ask().Reason?.Id);
    }

    [Fact]
    public void A_key_inside_every_app_proves_nothing_and_is_a_pool()
    {
        var bench = new IdentityBench(new IdentityPlan(), pools: new Pool(2, "apps", null));
        var issued = bench.State.Identity.ApiKeys.Issue(
            new ApiKeyRequest
            {
                Name = "app",
                Sharing = KeySharing.Installed,
                Pools = ["apps"],
            }
        );
        var exchange = bench.Ask(("X-Api-Key", issued.Text));
        Assert.True(exchange.IsAnonymous);
        Assert.Equal((1UL << BuiltInPools.Anonymous) | (1UL << 2), exchange.Pools);
        Assert.Equal("admission/authentication-required", exchange.Reason?.Id);
    }

    [Fact]
    public void A_back_end_names_its_end_user_and_nobody_else_can()
    {
        var bench = new IdentityBench(new IdentityPlan(), AuthenticationWord.Learned, null, new Pool(2, "shop", null));
        var issued = bench.State.Identity.ApiKeys.Issue(
            new ApiKeyRequest
            {
                Name = "shop",
                Sharing = KeySharing.BackEnd,
                EndUserHeader = "X-User",
                Pools = ["shop"],
            }
        );
        var anna = bench.Ask(("X-Api-Key", issued.Text), ("X-User", "anna"));
        var bert = bench.Ask(("X-Api-Key", issued.Text), ("X-User", "bert"));
        Assert.Equal(Rung.Account, anna.Caller!.Rung);
        Assert.NotSame(anna.Caller, bert.Caller);
        Assert.False(anna.Caller.IsShared);
        Assert.True(anna.Rungs[1]!.IsShared);
        Assert.Same(anna.Rungs[1], bert.Rungs[1]);
        Assert.True(bench.Ask(("X-User", "anna")).IsAnonymous);
    }

    [Fact]
    public void A_back_end_without_pool_and_end_user_is_charged_itself()
    {
        var bench = new IdentityBench(new IdentityPlan());
        var issued = bench.State.Identity.ApiKeys.Issue(new ApiKeyRequest { Name = "shop", Sharing = KeySharing.BackEnd });
        var exchange = bench.Ask(("X-Api-Key", issued.Text));
        Assert.False(exchange.Caller!.IsShared);
        Assert.NotEqual(0UL, exchange.Pools & (1UL << BuiltInPools.New));
    }

    [Fact]
    public void Finding_a_key_costs_no_allocation()
    {
        var store = new ApiKeyStore(null, _keys, _time);
        var text = store.Issue(new ApiKeyRequest { Name = "partner" }).Text;
        Assert.NotNull(store.Ring.Find(text, WallNow));
        var now = WallNow;
        Assert.Equal(0, Allocation.OfARound(() => store.Ring.Find(text, now)));
    }
}
