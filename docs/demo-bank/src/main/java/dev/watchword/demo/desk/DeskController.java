package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Sealer;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The first page of the desk: a search, the counts, and what waits for an operator. */
@Controller
class DeskController {
    private static final int MAX_SEARCH = 100;
    private static final int SHOWN = 10;

    private final TokenLists lists;
    private final HolderSearch search;
    private final Sealer links;
    private final Clock clock;

    DeskController(TokenLists lists, HolderSearch search, Sealer links, Clock clock) {
        this.lists = lists;
        this.search = search;
        this.links = links;
        this.clock = clock;
    }

    @GetMapping("/desk")
    String desk(@RequestParam(name = "q", required = false) @Nullable String query, Model model) {
        Optional<String> typed = Optional.ofNullable(query).flatMap(parameter -> links.open("search", parameter));
        model.addAttribute("typed", typed.orElse(null));
        model.addAttribute("found", typed.map(search::find).orElse(List.of()));
        model.addAttribute("counts", lists.counts());
        List<ListRow> orders = orders();
        List<ListRow> suspended =
                lists.suspended(null, SHOWN).stream().map(ListRow::suspended).toList();
        List<ListRow> suspendedHolders =
                lists.suspendedHolders(null, SHOWN).stream().map(ListRow::of).toList();
        model.addAttribute("orders", orders);
        model.addAttribute("suspended", suspended);
        model.addAttribute("suspendedHolders", suspendedHolders);
        model.addAttribute(
                "names",
                search.names(Stream.of(orders, suspended, suspendedHolders)
                        .flatMap(List::stream)
                        .map(ListRow::holder)));
        return "desk/home";
    }

    /** Takes the search in the body, because a name is personal data. The address of the result has it encrypted. */
    @PostMapping("/desk/search")
    String search(@RequestParam String text, RedirectAttributes redirect) {
        String shortened = text.substring(0, Math.min(text.length(), MAX_SEARCH)); // it becomes a part of an address
        redirect.addAttribute("q", links.seal("search", shortened));
        return "redirect:/desk";
    }

    /** Returns the first orders that wait for an operator, the first to lapse first. */
    private List<ListRow> orders() {
        Instant now = clock.instant();
        return lists.pending(now, now.plus(Duration.ofDays(3650)), null, TokenLists.MAX_LIMIT).stream()
                .filter(listed -> waitsForOperator(listed.pending().order()))
                .limit(SHOWN)
                .map(ListRow::of)
                .toList();
    }

    private static boolean waitsForOperator(@Nullable Order order) {
        return order != null && order.state() != OrderState.SENT;
    }
}
