{{ crm_warehouse.judged('plan', 'costs') }}
