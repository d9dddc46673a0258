{{ crm_warehouse.judged('crm', 'card_balances') }}
