package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The stock of hardware tokens, and the withdrawal of one of them. */
@Controller
class StockController {
    private static final int SIZE = 20;

    private final TokenLists lists;
    private final TokenStock stock;
    private final TokenService tokens;
    private final HolderSearch search;
    private final Desks desks;
    private final FormErrors words;

    StockController(
            TokenLists lists,
            TokenStock stock,
            TokenService tokens,
            HolderSearch search,
            Desks desks,
            FormErrors words) {
        this.lists = lists;
        this.stock = stock;
        this.tokens = tokens;
        this.search = search;
        this.desks = desks;
        this.words = words;
    }

    /** The address of the next page names the last batch and serial number: neither is personal data. */
    @GetMapping("/desk/stock")
    String stock(
            @RequestParam(defaultValue = "AVAILABLE") StockState state,
            @RequestParam(required = false) @Nullable BatchId batch,
            @RequestParam(required = false) @Nullable SerialNumber after,
            Model model) {
        ListedStock last = batch == null || after == null ? null : ListedStock.of(after, batch, null);
        List<ListedStock> listed = lists.stock(state, last, SIZE);
        model.addAttribute("states", StockState.values());
        model.addAttribute("state", state);
        model.addAttribute("inStock", state == StockState.AVAILABLE || state == StockState.STAGED);
        model.addAttribute("tokens", listed);
        model.addAttribute(
                "names",
                search.names(listed.stream()
                        .flatMap(token -> Stream.ofNullable(token.holder()))
                        .map(Holder::value)));
        model.addAttribute("next", listed.size() < SIZE ? null : listed.get(SIZE - 1));
        return "desk/stock";
    }

    @GetMapping("/desk/stock/token")
    String token(@RequestParam String serial, Model model) {
        model.addAttribute("serial", serial);
        model.addAttribute("found", stock.state(serial).orElse(null));
        ListedStock entry = lists.stockOf(serial).orElse(null);
        Holder holder = lists.holderOfSerial(serial).orElse(null);
        TokenInfo token = holder == null ? null : token(holder, serial).orElse(null);
        model.addAttribute("entry", entry);
        model.addAttribute("holder", holder);
        model.addAttribute("names", search.names(Stream.ofNullable(holder).map(Holder::value)));
        if (token != null) {
            model.addAttribute("expiresAt", token.expiresAt());
            model.addAttribute("canSign", token.canSign());
        } else if (entry != null) {
            model.addAttribute("expiresAt", entry.expiresAt());
            model.addAttribute("canSign", entry.canSign());
        }
        return "desk/token";
    }

    /** Returns the token of a holder, in use or pending; empty after it ended. */
    private Optional<TokenInfo> token(Holder holder, String serial) {
        Registration registration = tokens.registration(holder);
        PendingInfo pending = registration.pending();
        return Stream.of(
                        Optional.ofNullable(registration.token()),
                        Optional.ofNullable(pending).map(PendingInfo::token))
                .flatMap(Optional::stream)
                .filter(token -> token.serial().value().equals(serial))
                .findFirst();
    }

    @GetMapping("/desk/stock/withdraw")
    String form(@RequestParam(required = false) @Nullable String serial, Model model) {
        ActionForm form = new ActionForm(null, null, serial, null, null, null, null, null);
        return withdrawal(form, List.of(), model);
    }

    @PostMapping("/desk/stock/withdraw")
    String withdraw(
            @ModelAttribute("form") ActionForm form,
            Model model,
            Locale language,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        return desks.of(request)
                .withdraw(form.serialNumber(), form.reason())
                .fold(
                        done -> {
                            redirect.addFlashAttribute("withdrawn", 1L);
                            redirect.addAttribute("state", done);
                            return "redirect:/desk/stock";
                        },
                        refused -> withdrawal(form, words.of(refused, language), model));
    }

    private static String withdrawal(ActionForm form, List<FormError> errors, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        return "desk/withdraw";
    }
}
